/** Several sources of figures at one address: none of them can take the others away. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { joined, type Source } from '../../process/joined-figures.ts';
import { createMetricsServer } from '../../process/metrics-server.ts';
import { figuresIn } from '../support/figures.ts';

const contentType = 'text/plain; version=0.0.4; charset=utf-8';
const own: Source = { name: 'worker', text: async () => '# TYPE a_total counter\na_total 1\n' };
const others: Source = { name: 'temporal', text: async () => 'b 2\n' };

test('are all in one text, and each is said to be', async () => {
  const figures = figuresIn(await joined({ contentType }, [own, others]).text());
  assert.deepEqual(
    [...figures],
    [
      ['a_total', 1],
      ['b', 2],
      ['payscore_figures_complete{of="worker"}', 1],
      ['payscore_figures_complete{of="temporal"}', 1],
    ],
  );
});

for (const [what, failing] of Object.entries({
  'a source that fails': () => Promise.reject(new Error('gone')),
  'a source that throws at once': () => {
    throw new Error('gone');
  },
})) {
  test(`${what} leaves the others, and is answered with 200`, async (t) => {
    const sources = [{ name: 'temporal', text: failing }, own];
    const server = createMetricsServer(joined({ contentType }, sources)).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), contentType);
    const figures = figuresIn(await answer.text());
    assert.equal(figures.get('a_total'), 1);
    assert.equal(figures.get('payscore_figures_complete{of="temporal"}'), 0);
    assert.equal(figures.get('payscore_figures_complete{of="worker"}'), 1);
  });
}
