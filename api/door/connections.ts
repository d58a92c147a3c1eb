/** A bound on connections by which strangers cannot lock WeChat Pay out: who is let go is not the one that comes last. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { onceWhole } from './arrival.ts';

/** Longer than any answer takes: whoever has not taken theirs by then waits for nothing. */
const ANSWERED_MS = 10_000;

/**
 * One place is always kept free. For that the connection goes that has been without a complete request for longest: what
 * sends its request at once, as WeChat Pay does, is never the longest. Node's own bound turns away whoever comes next, and
 * stays for the case that all are being answered.
 */
export function boundConnections(server: Server, most: number, onClosed: () => void): void {
  server.maxConnections = most;
  /** Since when, the longest first. */
  const waiting = new Map<Socket, number>();
  const answered = new Map<Socket, number>();

  server.on('connection', (socket) => {
    waiting.set(socket, Date.now());
    socket.once('close', () => forget(socket));
    if (waiting.size + answered.size >= most) makeRoom();
  });

  server.on('request', (request, response) => {
    const { socket } = request;
    onceWhole(request, () => move(socket, answered));
    response.once('close', () => move(socket, waiting));
  });

  function move(socket: Socket, to: Map<Socket, number>): void {
    forget(socket);
    if (!socket.destroyed) to.set(socket, Date.now());
  }

  function forget(socket: Socket): void {
    waiting.delete(socket);
    answered.delete(socket);
  }

  function makeRoom(): void {
    const [longest] = waiting.keys();
    const socket = longest ?? longestAnswered();
    if (!socket) return;
    forget(socket);
    socket.destroy();
    onClosed();
  }

  function longestAnswered(): Socket | undefined {
    const [longest] = answered;
    return longest && Date.now() - longest[1] > ANSWERED_MS ? longest[0] : undefined;
  }
}
