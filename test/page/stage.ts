/** The whole product with the simulator's page in front: what the tests of the page, and its pictures, look at. */
import { RECEIVER_SECRET } from '../support/receiver.ts';
import { startStack, type Stack } from '../support/stack.ts';

export interface PageStage {
  readonly stack: Stack;
  /** Of the page, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** As polls of `npm start`, only sooner: a lost callback is found while one looks on. */
const POLL_DELAYS_MS = [3_000, 5_000];

export const TEMPORAL_UI = 'http://127.0.0.1:8233/namespaces/default';

export async function startPageStage(): Promise<PageStage> {
  const listening: { api?: string } = {};
  const stack = await startStack({
    events: [],
    pollDelaysMs: POLL_DELAYS_MS,
    simulator: {
      // A test crosses such a cancellation.
      policies: { cancel_while_paying: 'allowed' },
      merchantSide: {
        // The API listens only when the simulator does.
        get api() {
          return listening.api ?? '';
        },
        eventsSecret: RECEIVER_SECRET,
        temporalUi: TEMPORAL_UI,
      },
    },
  });
  listening.api = stack.url;
  const { url } = stack.simulator;
  const receiver = { url: `${url}/merchant/events`, secrets: [RECEIVER_SECRET] as const };
  const worker = await stack.startWorker({ receiver });
  return {
    stack,
    url,
    async stop() {
      await worker.stop();
      await stack.stop();
    },
  };
}
