/** Strangers: connections that send what nobody should, and hold on to it for as long as they are let. */
import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';

/** A connection, and all that it has got so far. */
export interface Stranger {
  readonly socket: Socket;
  readonly heard: () => string;
  /** When nothing more comes, however that came about. */
  readonly ended: Promise<void>;
}

export function stranger(url: string, ...sends: readonly (string | Buffer)[]): Stranger {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined); // being thrown out is what they are here for
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const bytes of sends) socket.write(bytes);
  return { socket, heard: () => heard, ended };
}

/** The head of a callback, with these headers and the rest left to whoever sends it. */
export function headOf(headers: Readonly<Record<string, string>>, length: number): string {
  const lines = Object.entries({ host: 'api', ...headers, 'content-length': String(length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `POST /wechatpay/notifications HTTP/1.1\r\n${head}\r\n`;
}

/** What a process holds, in MB. */
export async function residentOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Looks at a process until told to stop. @returns the most that it held, in MB */
export function watchMemory(pid: number): () => Promise<number> {
  let most = 0;
  let looking = Promise.resolve();
  const look = async () => {
    most = Math.max(most, await residentOf(pid));
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, 200).unref();
  return async () => {
    clearInterval(timer);
    await looking;
    await look();
    return most;
  };
}
