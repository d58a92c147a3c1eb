/** What the tests of a file share: one stack with its worker, for as long as the file runs. */
import { after, before } from 'node:test';
import { simulatorFolder, type SimulatorFolder } from './notification.ts';
import { startStack, type Stack, type StackOptions } from './stack.ts';

type Worker = Awaited<ReturnType<Stack['startWorker']>>;

export interface Stage {
  /** From the first test on. */
  readonly stack: Stack;
  stopWorker(): Promise<void>;
  startWorker(...setting: Parameters<Stack['startWorker']>): Promise<void>;
}

/** To be called in a `describe`, whose tests may run at once as long as they name their orders to the simulator. */
export function useStack(options: StackOptions = {}): Stage {
  return stageOf(() => startStack(options));
}

export interface SigningStage {
  readonly stage: Stage;
  /** From the first test on. */
  readonly wechat: SimulatorFolder;
}

/** The same with a simulator whose private keys are within reach. */
export function useSigningStack(): SigningStage {
  let wechat: SimulatorFolder | undefined;
  const stage = stageOf(async () => {
    wechat = await simulatorFolder();
    return await startStack({ simulator: { folder: wechat.folder } });
  });
  after(() => wechat?.remove());
  return {
    stage,
    get wechat() {
      if (!wechat) throw new Error('the stage opens with the first test');
      return wechat;
    },
  };
}

export function stageOf(start: () => Promise<Stack>): Stage {
  let stack: Stack | undefined;
  let worker: Worker | undefined;

  async function stopWorker(): Promise<void> {
    await worker?.stop();
    worker = undefined;
  }
  async function startWorker(...setting: Parameters<Stack['startWorker']>): Promise<void> {
    await stopWorker();
    worker = await stack?.startWorker(...setting);
  }

  before(async () => {
    stack = await start();
    await startWorker();
  });
  after(async () => {
    await stopWorker();
    await stack?.stop();
  });
  return {
    get stack() {
      if (!stack) throw new Error('the stage opens with the first test');
      return stack;
    },
    stopWorker,
    startWorker,
  };
}
