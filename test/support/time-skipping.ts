/** The same stage on a Temporal that skips time, and a WeChat Pay whose business clock follows it. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { shiftedMessages } from './shifted-messages.ts';
import { skippingEnvironment, type Skipping } from './skipping-environment.ts';
import { stageOf, type Stage } from './stage.ts';
import type { RunningServer } from './shared-temporal.ts';
import { startStack, type StackOptions } from './stack.ts';

/** Real time, after which it will not pass any more by itself. */
const STUCK_MS = 30_000;

export interface LongStage extends Stage {
  /** Lets so much time pass for workflows, for WeChat's orders, and for what the API says of when it was asked. */
  pass(seconds: number): Promise<void>;
}

/** To be called in a `describe`. Time passes for all orders at once, so its tests run one after the other. */
export function useLongStack(options: StackOptions = {}): LongStage {
  let skipping: Skipping | undefined;
  let aheadMs = 0;

  async function server(): Promise<RunningServer> {
    skipping = await skippingEnvironment();
    const { address } = skipping.environment;
    return {
      address,
      prepare: (connection) => registerSearchAttributes(connection, 'default'),
      stop: async () => {},
    };
  }

  async function follow(seconds: number): Promise<void> {
    const ms = (await skipping?.environment.currentTimeMs()) ?? Date.now();
    aheadMs = ms - Date.now();
    await stage.stack.people.setClock({ now: new Date(ms + seconds * 1_000).toISOString() });
  }

  const interceptors = [shiftedMessages(() => aheadMs)];
  const stage = stageOf(
    async () => await startStack({ ...options, interceptors, server: await server() }),
  );
  after(() => skipping?.stop());
  return {
    get stack() {
      return stage.stack;
    },
    stopWorker: stage.stopWorker,
    startWorker: stage.startWorker,
    async pass(seconds) {
      await follow(seconds);
      const slept = skipping?.environment.sleep(seconds * 1_000).then(() => true);
      const isOver = () => Promise.race([slept, delay(STUCK_MS, false, { ref: false })]);
      if (!(await isOver())) {
        // Of a run that was terminated under an activity, this server keeps the lock that stops the time.
        await skipping?.environment.connection.testService?.unlockTimeSkipping({});
        assert.ok(await isOver(), 'time does not pass');
      }
      // The waiting took real time too, by which WeChat's clock would be ahead.
      await follow(0);
    },
  };
}
