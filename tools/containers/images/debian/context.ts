/** Debian's base image: its package installer's smallest system, trimmed as the official slim images are. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../commands.ts';
import type { Tag } from '../tag.ts';

const LEFT_OUT = ['doc', 'groff', 'info', 'linda', 'lintian', 'locale', 'man'];

const CONFIGURATION: Readonly<Record<string, string>> = {
  // Packages that are installed later shall be as small.
  'etc/dpkg/dpkg.cfg.d/docker': `${[
    ...LEFT_OUT.map((folder) => `path-exclude /usr/share/${folder}/*`),
    'path-include /usr/share/doc/*/copyright',
  ].join('\n')}\n`,
  'etc/apt/apt.conf.d/docker': [
    'Acquire::GzipIndexes "true";',
    'Acquire::Languages "none";',
    'Apt::AutoRemove::SuggestsImportant "false";',
    'APT::Keep-Downloaded-Packages "false";',
    'Dir::Cache::pkgcache "";',
    'Dir::Cache::srcpkgcache "";',
    '',
  ].join('\n'),
};

/** Where its packages come from, with the repairs that have appeared since. */
const sourcesOf = (suite: string) => `Types: deb
URIs: http://deb.debian.org/debian
Suites: ${suite} ${suite}-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: ${suite}-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

export async function fillDebian(context: string, { suite }: Tag): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'payscore-debian-'));
  try {
    await run('debootstrap', ['--variant=minbase', suite, root]);
    await trim(root);
    for (const [file, content] of Object.entries(CONFIGURATION)) {
      await writeFile(join(root, file), content);
    }
    await rm(join(root, 'etc/apt/sources.list'), { force: true });
    await writeFile(join(root, 'etc/apt/sources.list.d/debian.sources'), sourcesOf(suite));
    // A service that a package brings must not start while an image is built.
    await writeFile(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    const archive = join(context, 'root.tar');
    await run('tar', ['-C', root, '--numeric-owner', '--exclude=./dev/*', '-cf', archive, '.']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function trim(root: string): Promise<void> {
  const emptied = ['var/lib/apt/lists', 'var/cache/apt', 'var/log', 'tmp', 'run'];
  const gone = [
    ...LEFT_OUT.filter((folder) => folder !== 'doc').map((folder) => `usr/share/${folder}`),
    'etc/resolv.conf',
    'etc/hostname',
  ];
  for (const path of [...gone, ...emptied])
    await rm(join(root, path), { recursive: true, force: true });
  for (const path of emptied) await mkdir(join(root, path), { recursive: true });
  await mkdir(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  await mkdir(join(root, 'var/cache/apt/archives/partial'), { recursive: true });
  await run('chmod', ['1777', join(root, 'tmp')]);

  const docs = join(root, 'usr/share/doc');
  for (const name of await readdir(docs)) {
    await run('find', [join(docs, name), '!', '-type', 'd', '!', '-name', 'copyright', '-delete']);
  }
}
