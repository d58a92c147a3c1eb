/** What each path costs: docs/architecture.md tells the events of the recorded histories, as they are. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const FOLDER = new URL('0.2/', import.meta.url);
const DESIGN = new URL('../../docs/architecture.md', import.meta.url);

async function recorded(): Promise<Record<string, number>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
  const counts = await Promise.all(
    names.map(async (name) => {
      const { events } = JSON.parse(await readFile(new URL(name, FOLDER), 'utf8')) as {
        events: unknown[];
      };
      return [name.replace('.json', ''), events.length] as const;
    }),
  );
  return Object.fromEntries(counts);
}

async function told(): Promise<Record<string, number>> {
  const lines = (await readFile(DESIGN, 'utf8')).split('\n');
  const rows = lines.map((line) => /^\| `([a-z-]+)` +\| +(\d+) +\|/.exec(line) ?? []);
  return Object.fromEntries(
    rows.flatMap(([, name, events]) => (name ? [[name, Number(events)] as const] : [])),
  );
}

test('the design tells how many events each path has', async () => {
  assert.deepEqual(await told(), await recorded());
});

test('a day has no more than 60, whatever comes of it', async () => {
  const days = new URL('days/', FOLDER);
  for (const name of await readdir(days)) {
    const { events } = JSON.parse(await readFile(new URL(name, days), 'utf8')) as {
      events: unknown[];
    };
    assert.ok(events.length <= 60, `${name}: ${events.length}`);
  }
});

test('the plain paid order has no more than 44', async () => {
  assert.ok((await recorded())['paid-by-callback']! <= 44);
});
