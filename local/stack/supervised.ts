/** A part of the stack as a process of its own, which is started again when it ends by itself. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child, type ChildExit } from './child-process.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, PRIVATE_UMASK } from './private.ts';
import { HOST, LOG_FOLDER, ROOT } from './settings.ts';
import { SetupError } from './setup-error.ts';
import { aside, print } from './terminal.ts';
import { words } from './words.ts';

export interface Part {
  readonly name: string;
  /** The program's main.ts. */
  readonly main: string;
  readonly env: NodeJS.ProcessEnv;
  /** Answers 200 when the part is ready. */
  readonly readyUrl: string;
}

export interface Supervised {
  /** Of the process that runs now. */
  readonly pid: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const AGAIN_MS = 1_000;
const WARN = 40;

/** Starts the part and waits until it is ready. */
export async function supervise(part: Part): Promise<Supervised> {
  await mkdir(LOG_FOLDER, { recursive: true, mode: PRIVATE_FOLDER });
  const path = join(LOG_FOLDER, `${part.name}.log`);
  const log = createWriteStream(path, { flags: 'a', mode: PRIVATE_FILE });
  let lastLines: string[] = [];
  let isStopping = false;
  let isReady = false;
  let child = start();

  try {
    await untilReady(part, () => child);
    isReady = true;
  } catch (error) {
    await stop();
    throw new SetupError([(error as Error).message, ...lastLines].join('\n  '));
  }
  return {
    get pid() {
      return child.pid;
    },
    stop,
  };

  function start(): Child {
    return startChild({
      name: part.name,
      command: process.execPath,
      args: ['--import', 'tsx/esm', join(ROOT, part.main)],
      cwd: ROOT,
      env: part.env,
      graceMs: 40_000,
      umask: PRIVATE_UMASK,
      onLine(line) {
        log.write(`${line}\n`);
        lastLines = [...lastLines.slice(-4), line];
        tellTrouble(part.name, line);
      },
      onExit(exit) {
        if (!isStopping && isReady) void startAgain(exit);
      },
    });
  }

  async function startAgain({ code, signal }: ChildExit): Promise<void> {
    print(aside(`   ${words.stack.ended(part.name, signal ?? words.stack.exit(code))}`));
    await delay(AGAIN_MS);
    if (isStopping) return;
    child = start();
    print(aside(`   ${words.stack.startedAgain(part.name, child.pid)}`));
  }

  async function stop(): Promise<void> {
    isStopping = true;
    await child.stop();
    log.end();
  }
}

async function untilReady({ name, readyUrl }: Part, child: () => Child): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS;
  let exit: ChildExit | undefined;
  void child().exited.then((result) => (exit = result));
  while (Date.now() < end) {
    if (exit) throw new Error(`the ${name} ended before it was ready:`);
    if (await answers(readyUrl)) return;
    await delay(100);
  }
  throw new Error(`the ${name} was not ready within 60 s (${readyUrl}):`);
}

export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Logs go to files; what a person should know now comes to the terminal too. */
function tellTrouble(name: string, line: string): void {
  try {
    const { level, msg, reason } = JSON.parse(line) as Record<string, unknown>;
    if (Number(level) < WARN) return;
    const why = reason === undefined ? undefined : String(reason);
    print(aside(`   ${words.stack.complaint(name, String(msg), why)}`));
  } catch {
    // A line that is not a log entry is in the log file.
  }
}

export function urlOf(port: number, path = ''): string {
  return `http://${HOST}:${port}${path}`;
}
