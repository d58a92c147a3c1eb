/** What must hold of the world as a whole: nobody is named, nobody's callback is left lying, any worker can take any order over. */
import { join } from 'node:path';
import { replay } from '../support/replays.ts';
import type { Witness } from './evidence.ts';
import type { Disagreement } from './judge.ts';
import { namesPerson } from './logs.ts';
import type { World } from './world.ts';

const SHOWN = 10;

export async function judgeWorld(world: World, witness: Witness): Promise<Disagreement[]> {
  const authorizations = (await world.wechat.notifications()).filter(
    ({ out_order_no, state }) => out_order_no === undefined && state !== 'delivered',
  );
  const workflowBundle = { codePath: join(world.build, 'dist/workflow-code.js') };
  const { count, failures } = await replay(workflowBundle, witness.histories());
  return [
    ...accused(
      'every history replays',
      count === 0
        ? ['there was none to replay']
        : failures.map(({ workflowId, reason }) => `${workflowId}: ${reason}`),
    ),
    ...accused(
      'nobody is named in a workflow id',
      witness
        .workflowIds()
        .filter(namesPerson)
        .map(() => 'an openid'),
    ),
    ...accused('nobody is named in a log', world.logs.leaks),
    ...accused(
      'every authorization event is taken',
      authorizations.map((it) => `${it.event_type}: ${JSON.stringify(it.attempts.at(-1))}`),
    ),
  ];
}

/** Of events as a whole. */
export function judgeReceiver({ receiver }: World): Disagreement[] {
  const { deliveries, objections } = receiver;
  return accused(
    'whatever comes is signed, and names nobody',
    deliveries.length === 0 ? ['nothing came'] : objections,
  );
}

function accused(rule: string, reasons: readonly string[]): Disagreement[] {
  return reasons.slice(0, SHOWN).map((reason) => ({ out_order_no: '', story: '', rule, reason }));
}
