/** A stack beside which the programs run as processes of their own, and the variables that lead them to it. */
import { simulatorFolder } from './notification.ts';
import { wechatpayVariables } from './program.ts';
import { startStack, type StackOptions } from './stack.ts';

export type ProgramStage = Awaited<ReturnType<typeof openProgramStage>>;

export async function openProgramStage(options: Pick<StackOptions, 'temporal'> = {}) {
  const wechat = await simulatorFolder();
  const stack = await startStack({ ...options, simulator: { folder: wechat.folder } });
  return {
    /** Its private keys are within reach. */
    wechat,
    stack,
    variables: {
      ...wechatpayVariables(stack.merchant, wechat.folder),
      TEMPORAL_ADDRESS: stack.temporalServer.address,
    } as Record<string, string>,
    async close() {
      await stack.stop();
      await wechat.remove();
    },
  };
}
