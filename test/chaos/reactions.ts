/** What business code does with an event that is sent to it: it takes it, or fails in one of the ways in which servers fail. */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';

export type React = (response: ServerResponse, dice: Dice) => void | Promise<void>;

export const TAKEN = 'taken';

/** Before a byte of the body is read: nothing is known of the event. */
export const UNREAD: Readonly<Record<string, React>> = {
  'hung up before reading': (response) => void response.socket?.resetAndDestroy(),
  '503 before reading': (response) => answer(response, 503),
};

/** The sender waits for 10 s; what is answered afterwards was taken, and the sender does not know. */
const TIME_LIMIT_MS = 10_000;
/** Of a body that never ends. */
const CHUNK = 'x'.repeat(4_096);
const CHUNK_EVERY_MS = 20;

/** After it was read. */
export const READ: Readonly<Record<string, React>> = {
  [TAKEN]: (response, dice) => answer(response, dice.pick([200, 201, 202, 204])),
  'taken slowly': async (response, dice) => {
    await delay(dice.between(500, 6_000));
    answer(response, 200);
  },
  'taken too late': async (response, dice) => {
    await delay(TIME_LIMIT_MS + dice.between(500, 3_000));
    answer(response, 200);
  },
  'taken, with an answer that never ends': (response) => {
    response.writeHead(200);
    const talking = setInterval(() => response.write(CHUNK), CHUNK_EVERY_MS);
    response.on('close', () => clearInterval(talking)).on('error', () => undefined);
  },
  'taken, and hung up without an answer': (response) => void response.socket?.resetAndDestroy(),
  'hung up in the middle of the answer': (response) => {
    response.socket?.write('HTTP/1.1 20');
    response.socket?.destroySoon();
  },
  'never answered': () => undefined,
  'redirected for good': (response) => answer(response, 308, { location: '/elsewhere' }),
  'redirected for now': (response, dice) =>
    answer(response, dice.pick([302, 303, 307]), { location: '/elsewhere' }),
  '400': (response) => answer(response, 400),
  '401': (response) => answer(response, 401),
  '404': (response) => answer(response, 404),
  '410': (response) => answer(response, 410),
  '429': (response) => answer(response, 429, { 'retry-after': '86400' }),
  '500': (response) => answer(response, 500),
  '503': (response) => answer(response, 503, { 'retry-after': '86400' }),
  'no HTTP': (response) => {
    response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
  },
};

const BAD = [...Object.keys(UNREAD), ...Object.keys(READ).filter((name) => name !== TAKEN)];

/** @param rate the share of what is not simply taken */
export function drawn(dice: Dice, rate: number): string {
  return dice.chance(rate) ? dice.pick(BAD) : TAKEN;
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}) {
  if (response.destroyed) return;
  response.writeHead(status, headers).end();
}
