/**
 * A command: the Node that production runs on (the Dockerfile's), fetched from the npm registry, which has its binaries. It prints the
 * folder that belongs in front of `PATH`: `.ci/run` plays the demo under it, whatever Node runs the tests.
 */
import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read } from '../compose/file.ts';
import { nodeImageIn, pinOf } from '../compose/pins.ts';
import { unpackNpmPackage } from '../containers/images/npm-package.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/payscore-orders');

const { version } = pinOf(nodeImageIn(await read('Dockerfile')));
if (version === '') throw new Error('the Dockerfile names no version of Node');
const folder = join(CACHE, `node-${version}`);
const bin = join(folder, 'bin');
if (!(await isThere(join(bin, 'node')))) await fetch();
process.stdout.write(`${bin}\n`);

async function fetch(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const own = await mkdtemp(`${folder}.`);
  const unpacked = join(own, 'node');
  try {
    await unpackNpmPackage(`node-${process.platform}-${process.arch}@${version}`, unpacked);
    await chmod(join(unpacked, 'bin/node'), 0o755);
    await rename(unpacked, folder);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
