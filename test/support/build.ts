/** What `npm run build` makes, in another folder: the programs that a merchant deploys. */
import { execFile } from 'node:child_process';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../local/settings.ts';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** @param sources the repository, or a copy of what its build includes */
export async function buildInto(folder: string, sources = ROOT): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const config = join(sources, 'tsconfig.build.json');
  await node(TSC, '-p', config, '--outDir', join(folder, 'dist'));
  await node(join(folder, 'dist/worker/bundle.js'));
}

async function node(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, args);
}
