/** Children that cannot outlive us: ended with us whatever happens, heard line by line, stopped in order. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface ChildToStart {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** How long it may take to end before it is killed; 10 s unless told otherwise. */
  readonly graceMs?: number;
  /** For the files that it makes, where it is not to be ours. */
  readonly umask?: number;
  /** Each line of its standard output and standard error. */
  readonly onLine?: (line: string) => void;
  readonly onExit?: (exit: ChildExit) => void;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when it has ended and its last line was heard; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** SIGTERM, and SIGKILL when its time is up. Safe to call twice, or after its end. */
  stop(): Promise<void>;
}

const EXIT_WITH_PARENT = fileURLToPath(new URL('exit-with-parent.sh', import.meta.url));

/**
 * The child leads a process group of its own (`detached`): Ctrl-C in a terminal reaches the whole group of the starter,
 * which could then no longer end things in order.
 */
export function startChild(toStart: ChildToStart): Child {
  const { name, command, args = [], graceMs = 10_000, onLine, onExit } = toStart;
  const child = launch(command, args, toStart);
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null })); // not even a shell
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  hear(child.stdout, onLine);
  hear(child.stderr, onLine);
  if (child.pid === undefined) throw new Error(`${name} could not be started`);
  if (onExit) void exited.then(onExit);

  const stop = async () => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(kill);
  };
  return { name, pid: child.pid, exited, stop };
}

function launch(command: string, args: readonly string[], { cwd, env, umask }: ChildToStart) {
  // A child has its mask from whoever starts it.
  const ours = umask === undefined ? undefined : process.umask(umask);
  try {
    return spawn('/bin/sh', [EXIT_WITH_PARENT, command, ...args], {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } finally {
    if (ours !== undefined) process.umask(ours);
  }
}

function hear(output: Readable, onLine: ChildToStart['onLine']): void {
  if (onLine) createInterface({ input: output }).on('line', onLine);
  else output.resume(); // a full pipe would hold the child up
}
