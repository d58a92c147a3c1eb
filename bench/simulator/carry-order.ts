/** An order from its creation to its acknowledged notification, every call measured. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createControl } from '../../simulator/control.ts';
import type { Merchant } from '../../simulator/credentials/merchant.ts';
import { merchantOf, OPENID, type Got } from '../../test/simulator/merchant.ts';
import { portOf } from '../../test/simulator/receiver.ts';

export interface Receiver {
  readonly notify_url: string;
  /** Resolves with the next notification. */
  next(): Promise<unknown>;
  close(): void;
}

export async function openReceiver(): Promise<Receiver> {
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      res.writeHead(204).end();
      server.emit('notified');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    notify_url: `http://127.0.0.1:${portOf(server)}/notify`,
    next: () => once(server, 'notified'),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function carryOrder(
  { url, merchant }: { url: string; merchant: Merchant },
  out_order_no: string,
  { notify_url, next }: Receiver,
  sample: (what: string, ms: number) => void,
): Promise<void> {
  const control = createControl(url);
  const started = Date.now() + 8 * 3_600_000;
  const clock = { now: () => started, factor: () => 1, set: () => undefined };
  const { create, createBody, complete, completeBody, query } = merchantOf({
    url,
    merchant,
    clock,
    stop: async () => undefined,
  });

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    sample(what, performance.now() - start);
    return result;
  }

  await control.authorise(OPENID);
  successful(await timed('create', () => create(createBody(out_order_no, { notify_url }))));
  await control.setClock({ advance_seconds: 10 });
  const end_time = beijing14(Date.parse((await control.clock()).now) - 5000);
  const body = completeBody({ time_range: { end_time } });
  successful(await timed('complete', () => complete(out_order_no, body)));
  const notified = next();
  await timed('pay, by /_control', () => control.pay(out_order_no));
  await timed('the notification after it', () => notified);
  successful(await timed('query', () => query(out_order_no)));
}

function beijing14(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function successful(got: Got): void {
  if (got.status !== 200) throw new Error(`${got.status} ${got.text}`);
}
