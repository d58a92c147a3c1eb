/** What is installed is known: checksums, install scripts, and what production brings along. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../local/stack/settings.ts';
import { importedPackages } from '../../tools/packages/imports.ts';
import { lockFaults, type Lock } from '../../tools/packages/lock.ts';
import { productionFaults, type Manifest } from '../../tools/packages/production.ts';
import { temporaryFolder } from '../local/support.ts';

const json = async <T>(file: string) => JSON.parse(await readFile(join(ROOT, file), 'utf8')) as T;
const manifest = await json<Manifest>('package.json');
const lock = await json<Lock>('package-lock.json');
const PLATFORM = 'node_modules/@swc/core-darwin-arm64';
const withChange = (path: string, change: object): Lock => ({
  packages: { ...lock.packages, [path]: { ...lock.packages[path], ...change } },
});

test('every package that is locked has a checksum, for other platforms too', () => {
  assert.deepEqual(lockFaults(lock, manifest), []);
  for (const integrity of [undefined, 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=']) {
    const faults = lockFaults(withChange(PLATFORM, { integrity }), manifest);
    assert.equal(faults.length, 1);
    assert.match(faults[0]!, /^node_modules\/@swc\/core-darwin-arm64 has no sha512 checksum/);
    assert.match(faults[0]!, /npm view @swc\/core-darwin-arm64@[\d.]+ dist\.integrity$/);
  }
});

test('no package that is locked names a registry', () => {
  const resolved = 'https://registry.example.com/core-darwin-arm64.tgz';
  const [fault] = lockFaults(withChange(PLATFORM, { resolved }), manifest);
  assert.match(fault!, /^node_modules\/@swc\/core-darwin-arm64 is bound to a registry/);
});

test('a package with an install script is one that somebody has looked at', () => {
  const { allowScripts } = manifest;
  const [fault] = lockFaults(lock, {
    ...manifest,
    allowScripts: { ...allowScripts, esbuild: true },
  });
  assert.match(fault!, /^node_modules\/esbuild has an install script/);
});

test('production depends on what its programs import, and on nothing else', async () => {
  const programs = [
    'api/main.ts',
    'worker/main.ts',
    'worker/migrate.ts',
    'doctor/main.ts',
    'workflows/bundle.ts',
  ];
  const imported = await importedPackages(programs.map((file) => join(ROOT, file)));
  assert.ok(
    imported.has('express') && imported.has('@temporalio/workflow'),
    'files of files are read',
  );
  assert.deepEqual(productionFaults(manifest, imported), []);

  const { express: _, ...rest } = manifest.dependencies;
  const dependencies = { ...rest, 'reflect-metadata': '0.2.2' };
  assert.deepEqual(productionFaults({ ...manifest, dependencies }, imported), [
    'reflect-metadata is one of dependencies, and no program of production imports it',
    'express is imported in production, and not one of dependencies',
  ]);
});

test('types are no imports; what is loaded for its effect, or later, is one', async (t) => {
  const folder = await temporaryFolder(t);
  const lines = [
    `import type { A } from 'a';`,
    `import {\n  B,\n  type C,\n} from '@scope/b/lib/c.js';`,
    `import 'd';`,
    `import { readFile } from 'node:fs/promises';`,
    `const e = await import('e');`,
    `export * from './next.ts';`,
  ];
  await writeFile(join(folder, 'main.ts'), lines.join('\n'));
  await writeFile(join(folder, 'next.ts'), `export type { F } from 'f';\nexport { G } from 'g';\n`);
  const imported = await importedPackages([join(folder, 'main.ts')]);
  assert.deepEqual([...imported].toSorted(), ['@scope/b', 'd', 'e', 'g']);
});

test('npm runs no script of a package that it installs here', async (t) => {
  const folder = await temporaryFolder(t);
  const npm = async (cwd: string, ...args: string[]) =>
    await promisify(execFile)('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd });
  const guest = join(folder, 'guest');
  await mkdir(guest);
  const scripts = { postinstall: `node -e "fs.writeFileSync('ran', '')"` };
  await writeFile(
    join(guest, 'package.json'),
    JSON.stringify({ name: 'guest', version: '1.0.0', scripts }),
  );
  await npm(guest, 'pack', '--pack-destination', folder);
  await copyFile(join(ROOT, '.npmrc'), join(folder, '.npmrc'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'host', private: true }));

  await npm(folder, 'install', './guest-1.0.0.tgz');
  assert.deepEqual(await readdir(join(folder, 'node_modules/guest')), ['package.json']);
});
