/** A command, `npm run alerts`: puts the catalogue's texts into the alert rules and the dashboard of each language. */
import { writeFile } from 'node:fs/promises';
import { filesOfEachLanguage } from './files.ts';

for (const [path, text] of await filesOfEachLanguage()) await writeFile(path, text);
