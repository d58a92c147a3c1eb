/** Node's image: its binary and npm, as the npm registry has them. */
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackNpmPackage } from '../npm-package.ts';
import type { Tag } from '../tag.ts';

const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
const OPENSSL_HEADERS = { x64: 'linux-x86_64', arm64: 'linux-aarch64' } as const;

export async function fillNode(context: string, { version }: Tag): Promise<void> {
  const node = join(context, 'node');
  await unpackNpmPackage(`node-linux-${process.arch}@${version}`, node);
  await chmod(join(node, 'bin/node'), 0o755);
  await dropHeadersOfOtherMachines(join(node, 'include/node/openssl/archs'));
  // Which npm a release of Node brings, no registry of packages says.
  await unpackNpmPackage('npm@latest', join(context, 'npm'));
  await copyFile(AUTHORITIES, join(context, 'authorities.crt'));
}

/** As the official image does; they would be a fifth of it. */
async function dropHeadersOfOtherMachines(folder: string): Promise<void> {
  const kept: string | undefined = OPENSSL_HEADERS[process.arch as keyof typeof OPENSSL_HEADERS];
  for (const name of await readdir(folder)) {
    if (name !== kept) await rm(join(folder, name), { recursive: true });
  }
}
