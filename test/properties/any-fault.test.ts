/** Faults by chance, from a seed of fast-check's: whatever they hide, the client never says more than it knows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import {
  ControlRefusal,
  createControl,
  type Control,
  type Fault,
  type LedgerEntry,
} from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { FAULTS_BY_DEFAULT } from '../../simulator/faults/answer-faults.ts';
import { classify, type Classification } from '../../wechatpay/classification.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import type { Answer } from '../../wechatpay/answer.ts';
import { merchantOf } from '../simulator/merchant.ts';
import { clientOf } from '../support/merchant.ts';
import { holds } from './holds.ts';
import { outcomeOf } from './own-errors.ts';

/** The longest that an answer, or an execution, is late. */
const LATE_MS = 20;

let simulator: Simulator;
let control: Control;
let client: WechatpayClient;
let merchant: ReturnType<typeof merchantOf>;
let cases = 0;

before(async () => {
  simulator = await startTestSimulator();
  control = createControl(simulator.url);
  client = clientOf(simulator.merchant);
  merchant = merchantOf(simulator);
  await control.holdNotifications();
});
after(async () => {
  await client.close();
  await simulator.stop();
});

const STEPS = [
  'create',
  'create otherwise',
  'create too much',
  'complete',
  'cancel',
  'query',
] as const;
type Step = (typeof STEPS)[number];

/** One call about the order; each has one body, however often it is made. */
function callsOn(out_order_no: string, openid: string): Record<Step, () => Promise<Answer>> {
  const body = merchant.createBody(out_order_no, { openid });
  const tooMuch = { name: 'ESTIMATE_ORDER_COST', amount: 100_001 };
  const completion = merchant.completeBody({ time_range: { end_time: merchant.beijing(3599) } });
  return {
    create: () => client.createServiceOrder(body),
    'create otherwise': () => client.createServiceOrder({ ...body, attach: 'other' }),
    'create too much': () => client.createServiceOrder({ ...body, risk_fund: tooMuch }),
    complete: () => client.completeServiceOrder(out_order_no, completion),
    cancel: () => client.cancelServiceOrder(out_order_no, merchant.changeBody()),
    query: () => client.getServiceOrder({ ...merchant.identity, out_order_no }),
  };
}

const EVENT: Record<Step, LedgerEntry['event'] | undefined> = {
  create: 'created',
  'create otherwise': 'created',
  'create too much': 'created',
  complete: 'completed',
  cancel: 'cancelled',
  query: undefined,
};

async function ledgerOf(out_order_no: string): Promise<LedgerEntry[]> {
  try {
    return (await control.order(out_order_no)).ledger;
  } catch (error) {
    assert.ok(error instanceof ControlRefusal && error.status === 404);
    return [];
  }
}

/** What the entries of a ledger make of an order. */
function standingAfter(ledger: LedgerEntry[]): string {
  switch (ledger.at(-1)?.event) {
    case 'created':
      return 'DOING USER_CONFIRM';
    case 'completed':
      return 'DOING MCH_COMPLETE';
    case 'cancelled':
      return 'REVOKED undefined';
    case 'confirmed':
    case 'modified':
    case 'synced':
    case 'charge_failed':
    case 'charged':
    case 'expired':
    case 'refund_accepted':
    case 'refunded':
    case 'refund_abnormal':
    case 'refund_closed':
    case undefined:
      return 'unknown';
  }
}

interface Known {
  readonly step: Step;
  readonly means: Classification | 'Done';
  /** Without the number of the outcome. */
  readonly request: string | undefined;
}

async function make(step: Step, call: () => Promise<Answer>): Promise<Known> {
  const outcome = await outcomeOf(call);
  if ('answer' in outcome) {
    return { step, means: 'Done', request: stemOf(outcome.answer.requestId) };
  }
  const { error } = outcome;
  const requestId: unknown = Reflect.get(error, 'requestId');
  return { step, means: classify(error), request: stemOf(requestId) };
}

function stemOf(requestId: unknown): string | undefined {
  return typeof requestId === 'string' && requestId !== '' ? requestId.split('-')[0] : undefined;
}

/** Right after a call, and with what was known before it. */
function assertKnown(
  { step, means, request }: Known,
  before_it: Known[],
  ledger: LedgerEntry[],
): void {
  const event = EVENT[step];
  const entries = ledger.filter((entry) => entry.event === event);
  const isUncertain = before_it.some((it) => isUnknown(it.means) && EVENT[it.step] === event);
  const isDone = before_it.some((it) => it.means === 'Done' && EVENT[it.step] === event);
  switch (means) {
    case 'Done':
      return assert.equal(entries.length, event === undefined ? 0 : 1, `${step} was not done`);
    case 'Unknown':
    case 'Unaccepted':
      return;
    case 'Refused':
    case 'NotFound':
    case 'Throttled':
    case 'Misconfigured':
    case 'NotSent': {
      const own = ledger.filter((entry) => stemOf(entry.request_id) === request);
      assert.deepEqual(own, [], `${step} was refused and done`);
      if (!isUncertain && !isDone) assert.deepEqual(entries, [], `${step} was refused and done`);
    }
  }
}

const isUnknown = (means: Known['means']) => means === 'Unknown' || means === 'Unaccepted';

test('whatever fault strikes, what the client says of a call is what the ledger says', async () => {
  const setting = fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    rate: fc.constantFrom(0.3, 0.6, 0.9),
    faults: fc.oneof(
      fc.constant(FAULTS_BY_DEFAULT),
      fc.constant<Fault[]>(['executed-then-500', 'not-executed-500', 'throttled']), // signed, and not the same
      fc.subarray(FAULTS_BY_DEFAULT, { minLength: 1, maxLength: 2 }),
    ),
  });
  const frequent: Step[] = ['create', 'complete', 'complete', 'complete', 'cancel'];
  const steps = fc
    .array(fc.constantFrom(...STEPS, ...frequent), { minLength: 2, maxLength: 10, size: 'max' })
    .chain((more) => fc.constantFrom<Step[]>(more, ['create', ...more]));
  const authorisation = fc.constantFrom(true, true, true, false);
  await holds(
    40,
    fc.asyncProperty(setting, steps, authorisation, async (faults, its, authorised) => {
      cases += 1;
      const number = `F${process.pid}_${cases}`;
      const openid = `oUser${cases}`;
      if (authorised) await control.authorise(openid);
      const calls = callsOn(number, openid);
      const known: Known[] = [];
      await control.randomFaults({ ...faults, max_delay_seconds: LATE_MS / 1000 });
      for (const step of its) {
        const now = await make(step, calls[step]);
        if (step !== 'query') assertKnown(now, known, await ledgerOf(number));
        known.push(now);
        merchant.pass(3600);
      }
      await control.clearFaults();
      await delay(2 * LATE_MS);

      const ledger = await ledgerOf(number);
      for (const event of ['created', 'completed', 'cancelled']) {
        assert.ok(ledger.filter((entry) => entry.event === event).length <= 1, `${event} twice`);
      }
      const outcome = await outcomeOf(calls.query);
      if ('answer' in outcome) {
        const { state, state_description } = outcome.answer.json;
        assert.equal(`${String(state)} ${String(state_description)}`, standingAfter(ledger));
      } else {
        assert.equal(classify(outcome.error), 'NotFound');
        assert.deepEqual(ledger, []);
      }
    }),
  );
});

test('a refusal that was not signed leaves the outcome unknown', async () => {
  const refusals = fc.constantFrom(
    'noPermission',
    'orderNotFound',
    'parameter',
    'tooFrequent',
    'signature',
  );
  const step = fc.constantFrom(...STEPS);
  await holds(
    25,
    fc.asyncProperty(refusals, step, async (refusal, one) => {
      cases += 1;
      await control.planFault({ fault: 'refused-unsigned', refusal });
      const { means } = await make(one, callsOn(`F${process.pid}_${cases}`, 'oUser')[one]);
      assert.equal(means, refusal === 'signature' ? 'Unaccepted' : 'Unknown');
    }),
  );
});
