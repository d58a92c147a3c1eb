/** What `npm run containers` relies on, without an engine: the document's commands, and a recipe for every image. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../local/stack/settings.ts';
import { composeFileIn } from '../../tools/compose/file.ts';
import { imagesOf } from '../../tools/compose/pins.ts';
import { playedIn } from '../../tools/containers/document.ts';
import { recipeOf } from '../../tools/containers/images/recipes.ts';

const SCENES = join(ROOT, 'tools/containers/scenes');
const read = (path: string) => readFile(join(ROOT, path), 'utf8');

test('every command that docs/production.md says is played is typed by a scene', async () => {
  const document = await read('docs/production.md');
  const named = [...document.matchAll(/<!-- played: (\w+) -->/g)].map(([, name = '']) => name);
  const scenes = await Promise.all(
    (await readdir(SCENES)).map((file) => readFile(join(SCENES, file), 'utf8')),
  );
  const typed = [...scenes.join('\n').matchAll(/\.type\('(\w+)'\)/g)].map(([, name = '']) => name);
  assert.deepEqual(named.toSorted(), [...new Set(typed)].toSorted());
  for (const name of named) assert.match(playedIn(document, name), /^\S/);
});

test('commands in a list are typed without its indent', () => {
  const document = '1. so\n\n   <!-- played: it -->\n\n   ```sh\n   one \\\n     two\n   ```\n';
  assert.equal(playedIn(document, 'it'), 'one \\\n  two\n');
});

test('a stand-in can be made for every image', async () => {
  const images = imagesOf(
    composeFileIn(await read('docker-compose.yml')),
    await read('Dockerfile'),
  );
  assert.ok(images.length >= 6);
  for (const image of images) assert.ok(await recipeOf(image), image);
});
