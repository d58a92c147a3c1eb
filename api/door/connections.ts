/** A bound on connections by which strangers cannot lock WeChat Pay out: who is let go is not the one that comes last. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { onceWhole } from './arrival.ts';

export interface Most {
  readonly connections: number;
  /** Whoever has not taken their answer by then is let go like those who wait. */
  readonly answerMs: number;
}

/**
 * One place is always kept free. For that the connection goes that has been without a complete request for longest: what
 * sends its request at once, as WeChat Pay does, is never the longest. Node's own bound turns away whoever comes next, and
 * stays for the case that all are being answered.
 */
export function boundConnections(server: Server, most: Most, onClosed: () => void): void {
  server.maxConnections = most.connections;
  /** Since when, the longest first. */
  const waiting = new Map<Socket, number>();
  const answered = new Map<Socket, number>();

  server.on('connection', (socket) => {
    waiting.set(socket, Date.now());
    socket.once('close', () => forget(socket));
    if (waiting.size + answered.size >= most.connections) makeRoom();
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
    const socket = notTaking() ?? longest;
    if (!socket) return;
    forget(socket);
    socket.destroy();
    onClosed();
  }

  function notTaking(): Socket | undefined {
    const [longest] = answered;
    return longest && Date.now() - longest[1] > most.answerMs ? longest[0] : undefined;
  }
}
