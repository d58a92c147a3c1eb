/** One order's journal, many times over under other numbers, and with notifications that wait. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const LINES_AT_A_TIME = 1000;

export function copyOrder(file: string, number: string, orders: number, pending: number): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const ofOrder = lines.filter((line) => line.includes(`"${number}"`));
  const notification = lastOf(ofOrder, 'notification');
  const id: string = JSON.parse(notification)[1];
  const descriptor = openSync(file, 'a');

  let waiting: string[] = [];
  const write = (line: string) => {
    waiting.push(line);
    if (waiting.length >= LINES_AT_A_TIME) flush();
  };
  const flush = () => {
    writeSync(descriptor, waiting.map((line) => `${line}\n`).join(''));
    waiting = [];
  };
  const renamed = (line: string, i: number, newId: string) =>
    line
      .replaceAll(`"${number}"`, `"R20261001${String(i).padStart(12, '0')}"`)
      .replaceAll(id, newId);

  for (let i = 0; i < orders; i++) {
    const newId = randomUUID();
    for (const line of ofOrder) write(renamed(line, i, newId));
  }
  for (let i = 0; i < pending; i++)
    write(waitingNotification(renamed(notification, i, randomUUID())));
  flush();
  closeSync(descriptor);
}

function lastOf(lines: readonly string[], kind: string): string {
  const last = lines.findLast((line) => line.startsWith(`["${kind}"`));
  if (last === undefined) throw new Error(`the order left no ${kind}`);
  return last;
}

/** Due in a year. */
function waitingNotification(line: string): string {
  const [kind, key, value] = JSON.parse(line);
  const due_ms = Date.now() + 365 * 86_400_000;
  return JSON.stringify([kind, key, { ...value, state: 'pending', attempts: [], due_ms }]);
}
