/** Business code that is told what happens: it takes whatever comes, and looks at nothing. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../test/support/eventually.ts';

export type Told = Awaited<ReturnType<typeof startTold>>;

const TOLD_WITHIN_MS = 60_000;

export async function startTold() {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
  const secretFile = join(folder, 'events.secret');
  await writeFile(secretFile, `whsec_${randomBytes(32).toString('base64')}\n`);
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      count += 1;
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    /** For worker and API. */
    variables: {
      EVENTS_URL: `http://127.0.0.1:${port}/events`,
      EVENTS_SECRET_FILES: secretFile,
    },
    /** So many deliveries. */
    count: () => count,
    /** Until there were so many in all. */
    async untilTold(total: number): Promise<void> {
      await eventually(`${total} events`, async () => count >= total, TOLD_WITHIN_MS);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}
