/** A program that is kept running: killed without warning when chaos wants it, and started again. */
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from '../../local/stack/child-process.ts';
import { answers } from '../../local/stack/supervised.ts';

export interface ProgramToKeep {
  readonly name: string;
  /** Its main.js, in this folder. */
  readonly main: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when it is ready. */
  readonly readyUrl: string;
  readonly onLine: (line: string) => void;
}

/** What chaos can do to a part of the world. */
export interface Killable {
  readonly name: string;
  /** SIGKILL; settles when the process is gone. */
  kill(): Promise<void>;
  /** Settles when it is ready. */
  start(): Promise<void>;
}

export interface KeptProgram extends Killable {
  /** How often it ended without being told to. */
  endings(): number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const AGAIN_MS = 1_000;

export function keepProgram({
  name,
  main,
  folder,
  env,
  readyUrl,
  onLine,
}: ProgramToKeep): KeptProgram {
  let child: Child | undefined;
  let isWanted = false;
  let endings = 0;

  function launch(): void {
    const launched = startChild({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', main],
      cwd: folder,
      env,
      graceMs: 40_000,
      onLine,
    });
    child = launched;
    void launched.exited.then(async () => {
      if (!isWanted || child !== launched) return;
      endings += 1;
      await delay(AGAIN_MS);
      if (isWanted && child === launched) launch();
    });
  }

  return {
    name,
    endings: () => endings,
    async kill() {
      isWanted = false;
      if (child) process.kill(child.pid, 'SIGKILL');
      await child?.exited;
    },
    async start() {
      isWanted = true;
      launch();
      const end = Date.now() + READY_WITHIN_MS;
      while (!(await answers(readyUrl))) {
        if (Date.now() > end) throw new Error(`${name} is not ready after ${READY_WITHIN_MS} ms`);
        await delay(200);
      }
    },
    async stop() {
      isWanted = false;
      await child?.stop();
    },
  };
}
