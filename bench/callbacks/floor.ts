/**
 * The process of the floor: what a callback cannot do without, written down as it comes, and nothing else. Told by its parent,
 * it does that in a loop; and to whoever posts to it, as Node's own server answers: that is the shape of the API.
 */
import { createDecipheriv, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { manyAtOnce } from '../at-once.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

export interface Floor {
  readonly address: string;
  readonly mchid: string;
  /** The simulator's. */
  readonly folder: string;
}

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly deliveries: readonly Delivery[];
  readonly atOnce: number;
}

const TAG_BYTES = 16;

const [{ address, mchid, folder }] = (await once(process, 'message')) as [Floor];
const connection = await Connection.connect({ address });
const client = new Client({ connection });
const publicKey = createPublicKey(await readFile(join(folder, 'pub_key.pem')));
const apiV3Key = (await readFile(join(folder, 'apiv3_key.txt'), 'utf8')).trim();
process.on('message', (asked: Asked) => void play(asked));
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const delivery = { headers: request.headers, body: Buffer.concat(chunks).toString() };
    void take(delivery).then(() => response.writeHead(204).end());
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('disconnect', () => {
  server.close();
  void connection.close();
});
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

async function play({ deliveries, atOnce }: Asked): Promise<void> {
  const times: number[] = [];
  await manyAtOnce(deliveries.length, atOnce, async (index) => {
    const delivery = deliveries[index] as Delivery;
    const begin = performance.now();
    await take(delivery);
    times.push(performance.now() - begin);
  });
  process.send?.(times);
}

async function take({ headers, body }: Delivery): Promise<void> {
  const header = (name: string) => String(headers[`wechatpay-${name}`]);
  const message = `${header('timestamp')}\n${header('nonce')}\n${body}\n`;
  const signature = Buffer.from(header('signature'), 'base64');
  if (!verify('sha256', Buffer.from(message), publicKey, signature)) throw new Error('unverified');
  const { nonce, associated_data, ciphertext } = JSON.parse(body).resource;
  const sealed = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce);
  decipher.setAAD(Buffer.from(associated_data));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  const { out_order_no } = JSON.parse(text.toString());
  await client.workflow.getHandle(workflowIdOf(mchid, out_order_no)).signal('orderPaid', {
    headers,
    body: Buffer.from(body).toString('base64'),
  });
}
