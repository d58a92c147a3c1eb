/** A command: alert rules and dashboard say in each language what the catalogue says. `npm run check` runs it. */
import { readFile } from 'node:fs/promises';
import { filesOfEachLanguage } from './files.ts';

for (const [path, text] of await filesOfEachLanguage()) {
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  process.stderr.write(`${path} does not say what words/ says: npm run alerts\n`);
  process.exitCode = 1;
}
