/** A request written and an answer read by the byte: for answers that no client would take. */
import { connect } from 'node:net';
import type { Sent } from './merchant.ts';

export interface RawAnswer {
  /** Status line and headers, a line each, as they came. */
  head: string[];
  body: Buffer;
  /** Milliseconds from the request to each piece that came. */
  times: number[];
}

/** Resolves when the other end closes, however it does. */
export async function exchange(url: string, sent: Sent): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const headers: Record<string, string | undefined> = {
    Host: hostname,
    Connection: 'close',
    ...sent.headers,
    'Content-Length': String(Buffer.byteLength(sent.body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return await new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const times: number[] = [];
    const start = performance.now();
    const socket = connect(Number(port), hostname);
    socket.write(`${sent.method} ${sent.target} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.write(sent.body);
    socket.on('data', (piece) => {
      pieces.push(piece);
      times.push(performance.now() - start);
    });
    socket.on('error', () => undefined); // a cut is an end like any other
    socket.on('close', () => {
      const all = Buffer.concat(pieces);
      const end = all.indexOf('\r\n\r\n');
      const head = all.toString('latin1', 0, Math.max(0, end)).split('\r\n');
      resolve({ head, body: all.subarray(end + 4), times });
    });
  });
}

export function valuesOf({ head }: RawAnswer, header: string): string[] {
  const prefix = `${header.toLowerCase()}: `;
  return head
    .filter((line) => line.toLowerCase().startsWith(prefix))
    .map((line) => line.slice(prefix.length));
}
