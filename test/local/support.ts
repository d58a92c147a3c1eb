/** Processes of our own to start, hear and watch, for the tests of the local stack. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Script {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly lines: AsyncIterator<string>;
  /** All that it said on standard error until it ended. */
  readonly said: Promise<string>;
  readonly code: Promise<number | null>;
}

/** Runs a TypeScript file as a process in a group of its own, as a terminal would. */
export function script(t: TestContext, file: string, args: string[] = []): Script {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx/esm'), path, ...args],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  t.after(() => child.kill('SIGKILL'));
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    said: textOf(child.stderr),
    code: once(child, 'exit').then(([code]) => code as number | null),
  };
}

export async function nextLine({ lines, said }: Script): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error(`it ended, saying: ${await said}`);
  return value;
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-local-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A stand-in for a tool of the outside world. */
export async function writeTool(path: string, body: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Sets variables of our own environment for one test. */
export function setEnvironment(t: TestContext, variables: NodeJS.ProcessEnv): void {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env = { ...process.env, ...variables };
}

export async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** True as soon as nothing listens there, false when something still does after ten seconds. */
export async function closes(port: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!(await accepts(port))) return true;
    await sleep(100);
  }
  return false;
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
