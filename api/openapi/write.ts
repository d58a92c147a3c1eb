/** A command: writes the API's document, and its page, into the folder of the build. `npm run build` runs it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { apiDocument } from './document.ts';
import { pageOf } from './page.ts';
import { ICON, STYLE } from './style.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../', import.meta.url));

await mkdir(`${folder}/docs`, { recursive: true });
const document = apiDocument();
await writeFile(`${folder}/openapi.json`, `${JSON.stringify(document, undefined, 2)}\n`);
await writeFile(`${folder}/docs.html`, pageOf(document));
await writeFile(`${folder}/docs/style.css`, STYLE);
await writeFile(`${folder}/docs/icon.svg`, ICON);
