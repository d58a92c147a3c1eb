/** A command: what the lock file, package.json and the imports say of each other must agree. `npm run check` runs it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importedPackages } from './imports.ts';
import { lockFaults, type Lock } from './lock.ts';
import { productionFaults, type Manifest } from './production.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What production starts, and what Temporal's sandbox runs there. */
const PROGRAMS = [
  'api/main.ts',
  'worker/main.ts',
  'worker/migrate.ts',
  'doctor/main.ts',
  'workflows/bundle.ts',
];

const manifest = await json<Manifest>('package.json');
const imported = await importedPackages(PROGRAMS.map((file) => ROOT + file));
const faults = [
  ...lockFaults(await json<Lock>('package-lock.json'), manifest),
  ...productionFaults(manifest, imported),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;

async function json<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(ROOT + file, 'utf8')) as T;
}
