/** One process of this machine at a time: a file that its owner keeps fresh, and that outlives nobody for long. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const STALE_MS = 20_000;
const RETRY_MS = 250;
const SETTLE_MS = 500;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** Works alone among all who name this path. `onWait` is called once, with the owner's pid, by those who have to wait. */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (pid: number | undefined) => void,
): Promise<T> {
  const me: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  for (let waits = 0; !(await take(path, me)); waits += 1) {
    if (waits === 0) onWait((await ownerOf(path))?.pid);
    await sleep(RETRY_MS);
  }
  const heartbeat = setInterval(() => void touch(path), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (await isMine(path, me)) await rm(path, { force: true });
  }
}

async function take(path: string, me: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(me), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await isDead(path)) && (await takeOver(path, me));
}

/** Several may take a dead owner's lock over at once: the last to write has it, which is known a moment later. */
async function takeOver(path: string, me: Owner): Promise<boolean> {
  const mine = `${path}.${me.token}`;
  await writeFile(mine, JSON.stringify(me));
  await rename(mine, path);
  await sleep(SETTLE_MS);
  return await isMine(path, me);
}

async function isDead(path: string): Promise<boolean> {
  const written = await stat(path).catch(() => undefined);
  if (written === undefined) return false; // given back just now
  if (Date.now() - written.mtimeMs > STALE_MS) return true;
  const owner = await ownerOf(path);
  return owner !== undefined && owner.host === hostname() && !isAlive(owner.pid);
}

async function isMine(path: string, me: Owner): Promise<boolean> {
  return (await ownerOf(path))?.token === me.token;
}

/** Undefined where there is no lock, and for the moment in which it is being written. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}

async function touch(path: string): Promise<void> {
  await utimes(path, new Date(), new Date()).catch(() => undefined); // the cache was deleted under us
}
