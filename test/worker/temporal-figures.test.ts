/** Temporal's own figures come over a port of their own: a bound on what is read, and no failure of theirs is the worker's. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { textAt, withTemporalFigures } from '../../worker/temporal-figures.ts';

async function exporter(t: { after(fn: () => void): void }, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

test('are read as they are', async (t) => {
  const url = await exporter(t, (_request, response) => response.end('a 1\n'));
  assert.equal(await textAt(url), 'a 1\n');
});

for (const [what, answer] of Object.entries<RequestListener>({
  'an error': (_request, response) => response.writeHead(500).end(),
  'what is longer than any figures are': (_request, response) => response.end('x'.repeat(101)),
  'what never ends': (_request, response) => void response.write('x'),
  silence: () => undefined,
})) {
  test(`${what} is no figure, and is not waited for`, async (t) => {
    const url = await exporter(t, answer);
    const begun = performance.now();
    await assert.rejects(textAt(url, { mostBytes: 100, answerMs: 300 }));
    assert.ok(performance.now() - begun < 2_000);
  });
}

test('a port that is taken meanwhile is another one the next time', async () => {
  const ports: string[] = [];
  const source = await withTemporalFigures((metrics) => {
    ports.push('prometheus' in metrics ? metrics.prometheus.bindAddress : '');
    if (ports.length < 3) throw new Error('Address already in use');
  });
  assert.equal(source?.name, 'temporal');
  assert.equal(ports.length, 3);
  for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+$/);
});

test('where there is no port at all the worker goes without them', async () => {
  const source = await withTemporalFigures(() => {
    throw new Error('Address already in use');
  });
  assert.equal(source, undefined);
});
