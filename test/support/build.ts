/** What `npm run build` makes, in another folder: the programs that a merchant deploys. */
import { execFile } from 'node:child_process';
import { copyFile, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../local/stack/settings.ts';
import { kept } from './kept.ts';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const CONFIGS = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];

let build: Promise<string> | undefined;

/** @returns the folder whose `dist` is the build of our sources */
export function builtPrograms(): Promise<string> {
  build ??= buildSources().then((sources) => kept('build', sources, (folder) => buildInto(folder)));
  return build;
}

/** @param sources the repository, or a copy of its build's sources */
export async function buildInto(folder: string, sources = ROOT): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const config = join(sources, 'tsconfig.build.json');
  await node(TSC, '-p', config, '--outDir', join(folder, 'dist'));
  await node(join(folder, 'dist/worker/bundle.js'));
  await node(join(folder, 'dist/api/openapi/write.js'));
}

/** All that the build is made of. */
export async function buildSources(): Promise<string[]> {
  const config = await readFile(join(ROOT, 'tsconfig.build.json'), 'utf8');
  const { include } = JSON.parse(config) as { include: string[] };
  return [...CONFIGS, ...include];
}

async function node(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, args);
}
