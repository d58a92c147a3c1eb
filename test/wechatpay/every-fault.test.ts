/** Every fault that the simulator knows: what our client makes of it, and that it never takes one for the truth. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createControl, type Control, type Fault } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { classify, type Classification } from '../../wechatpay/classification.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import type { VerificationReason } from '../../wechatpay/errors.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber, newOpenid } from '../support/orders.ts';

let simulator: Simulator;
let control: Control;
let client: WechatpayClient;
const openid = newOpenid();

before(async () => {
  simulator = await startTestSimulator();
  control = createControl(simulator.url);
  client = clientOf(simulator.merchant);
  await control.authorise(openid);
});
after(async () => {
  await client.close();
  await simulator.stop();
});

type Outcome =
  | { readonly is: 'answer' }
  | { readonly is: 'WechatpayRefusal'; readonly means: Classification; readonly proven: boolean }
  | { readonly is: 'VerificationError'; readonly reason: VerificationReason }
  | { readonly is: 'TransportError' };

const answered: Outcome = { is: 'answer' };
const lost: Outcome = { is: 'TransportError' };
const refused = (means: Classification): Outcome => ({
  is: 'WechatpayRefusal',
  means,
  proven: true,
});
const unproven = (means: Classification): Outcome => ({
  is: 'WechatpayRefusal',
  means,
  proven: false,
});
const unverified = (reason: VerificationReason): Outcome => ({ is: 'VerificationError', reason });

const OUTCOMES: Record<Fault, Outcome> = {
  'executed-then-500': refused('Unknown'),
  'executed-then-502-unsigned': lost,
  'executed-then-cut': lost,
  'executed-then-500-unsigned': unproven('Unknown'),
  'executed-then-throttled': refused('Throttled'),
  'executed-late': lost,
  cut: lost,
  'accepted-202': lost,
  throttled: refused('Throttled'),
  'throttled-by-gateway': refused('Throttled'),
  'not-executed-500': refused('Unknown'),
  'unsigned-502': lost,
  'unavailable-503': refused('Unknown'),
  'refused-executed-late': refused('Refused'),
  'throttled-unsigned': unproven('Unknown'),
  'not-executed-500-unsigned': unproven('Unknown'),
  'unavailable-503-unsigned': unproven('Unknown'),
  'sign-error': refused('Misconfigured'),
  'sign-error-unsigned': unproven('Unaccepted'),
  abnormal: refused('Unknown'),
  refused: refused('Refused'),
  'refused-unsigned': unproven('Unknown'),
  redirect: lost,
  'bad-signature': unverified('signature'),
  signtest: unverified('probe'),
  'stale-signature': unverified('timestamp'),
  'foreign-signature': unverified('signature'),
  'unknown-serial': unverified('serial'),
  slow: answered,
  'slow-body': answered,
  'half-json': unverified('signature'),
  'half-json-signed': lost,
  'short-body': lost,
  'not-json': lost,
  oversized: lost,
  'gzip-bomb': lost,
  'repeated-headers': unverified('header'),
  'folded-headers': lost,
  'no-request-id': answered,
};

function outcomeOf(error: unknown): Outcome {
  assert.ok(error instanceof Error);
  const { name, proven, reason } = error as Error & {
    proven: boolean;
    reason: VerificationReason;
  };
  if (name === 'WechatpayRefusal') return { is: name, means: classify(error), proven };
  const isOurs = reason === 'timestamp' || reason === 'serial';
  assert.equal(classify(error), isOurs ? 'Unaccepted' : 'Unknown');
  if (name === 'VerificationError') return { is: name, reason };
  assert.equal(name, 'TransportError');
  return lost;
}

const parameters: Partial<Record<Fault, object>> = {
  'executed-late': { delay_seconds: 1 },
  'refused-executed-late': { delay_seconds: 1 },
  slow: { delay_seconds: 1 },
  'slow-body': { delay_seconds: 1 },
  refused: { refusal: 'riskRefused' },
};

for (const [fault, expected] of Object.entries(OUTCOMES) as [Fault, Outcome][]) {
  test(`${fault} ends as ${Object.values(expected).join(', ')}, and the same request goes on`, async () => {
    const { appid, service_id } = simulator.merchant;
    const body = {
      appid,
      service_id,
      openid,
      out_order_no: newNumber(),
      service_introduction: '充电宝租借',
      time_range: { start_time: 'OnAccept' },
      risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
      notify_url: 'http://127.0.0.1:9/notify',
      need_user_confirm: false,
    };
    await control.planFault({ call: 'create', fault, ...parameters[fault] });
    const outcome = await client.createServiceOrder(body).then(({ json }) => {
      assert.equal(json['state'], 'DOING');
      return answered;
    }, outcomeOf);
    assert.deepEqual(outcome, expected);
    assert.deepEqual((await control.faults()).faults, [], 'it struck');
    // Whatever became of it: the same body again is the way to know, and creates nothing twice.
    assert.equal((await client.createServiceOrder(body)).json['state'], 'DOING');
    const { ledger } = await control.order(body.out_order_no);
    assert.equal(ledger.length, 1);
  });
}
