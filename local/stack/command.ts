/** What `npm start` and `npm run demo` share: the stack is up, something happens, everything ends in order. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from './setup-error.ts';
import { startStack, type Stack, type StackSettings } from './stack.ts';
import { bad, print, strong } from './terminal.ts';
import { words } from './words.ts';

const ENDING_MS = 5_000;

/** Runs on a whole stack; Ctrl-C and SIGTERM end it at any moment, in order. @returns the exit code */
export async function withStack(
  work: (stack: Stack) => Promise<void>,
  settings?: StackSettings,
): Promise<number> {
  const ending = Promise.race([
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
    npmIsGone(),
  ]).then(() => 'ended' as const);
  print(strong(words.stack.head));
  print();
  const starting = startStack(print, settings);
  try {
    const stack = await Promise.race([starting, ending]);
    if (stack === 'ended') {
      // What has been started by then ends with us; a build of minutes is not waited for.
      await Promise.race([starting.then((late) => late.stop()), delay(ENDING_MS)]);
      return 130;
    }
    print();
    try {
      const outcome = await Promise.race([work(stack), ending]);
      return outcome === 'ended' ? 130 : 0;
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    print(bad(error instanceof SetupError ? error.message : words.stack.failed(error.message)));
    return 1;
  }
}

/** npm passes signals on, but when it is killed outright nobody would end what it started. */
async function npmIsGone(): Promise<void> {
  if (!process.env['npm_lifecycle_event']) return await new Promise(() => {});
  const npm = process.ppid;
  while (process.ppid === npm) await delay(500, undefined, { ref: false });
}
