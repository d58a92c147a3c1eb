/** Ports for servers that are started more than once in a test. */
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePort } from '../../local/stack/port.ts';

/** A file for each port that somebody has, with his process id: while what listens there is down, nobody else may take it. */
const TAKEN = join(tmpdir(), 'payscore-tests-ports');

/** Below the range that systems hand out by themselves (from 32768). */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (!isMine(port)) continue;
    const free = await requirePort({ ip: '127.0.0.1', port }).catch(() => undefined);
    if (free !== undefined) return free;
  }
}

const mine: string[] = [];

function isMine(port: number): boolean {
  mkdirSync(TAKEN, { recursive: true });
  const file = join(TAKEN, String(port));
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    // Of a process that was killed it is free at the next try.
    if (!isAlive(holderIn(file))) rmSync(file, { force: true });
    return false;
  }
  if (mine.length === 0) process.once('exit', giveBack);
  mine.push(file);
  return true;
}

function giveBack(): void {
  for (const file of mine) rmSync(file, { force: true });
}

/** Undefined where it was given back meanwhile. */
function holderIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
