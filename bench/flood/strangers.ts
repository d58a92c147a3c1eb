/** The process of the strangers, so that their work is not counted as anybody else's: told what to send, and for how long. */
import { setTimeout as delay } from 'node:timers/promises';
import { stranger } from '../../test/support/attack.ts';

export interface Flood {
  readonly url: string;
  readonly connections: number;
  readonly ms: number;
  readonly head: string;
  readonly bodyBytes: number;
  /** A byte at a time instead of all at once. */
  readonly isSlow: boolean;
}

process.once('message', (flood: Flood) => void play(flood));

async function play(flood: Flood): Promise<void> {
  const end = Date.now() + flood.ms;
  const body = Buffer.alloc(flood.bodyBytes, 'x');
  let requests = 0;
  const one = async () => {
    while (Date.now() < end) {
      await (flood.isSlow ? dawdle(flood, end) : repeat(flood, body, end, () => (requests += 1)));
      await delay(1);
    }
  };
  await Promise.all(Array.from({ length: flood.connections }, one));
  process.send?.(requests);
  process.disconnect();
}

/** The same over one connection for as long as it lasts, each as soon as the one before was answered. */
async function repeat(
  { url, head }: Flood,
  body: Buffer,
  end: number,
  onRequest: () => void,
): Promise<void> {
  const one = stranger(url, head, body);
  onRequest();
  one.socket.on('data', () => {
    if (Date.now() > end) return void one.socket.destroy();
    one.socket.write(head);
    one.socket.write(body);
    onRequest();
  });
  await Promise.race([one.ended, delay(end - Date.now())]);
  one.socket.destroy();
}

async function dawdle({ url, head }: Flood, end: number): Promise<void> {
  const one = stranger(url, head);
  while (Date.now() < end && !one.socket.closed) {
    one.socket.write('x');
    await delay(500);
  }
  one.socket.destroy();
}
