/** Every fact is told in words, and what is not understood of WeChat’s account in WeChat’s own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  failure,
  isSame,
  notUnderstood,
  type Fact,
  type FactOf,
} from '../../../payscore/order/fact.ts';
import { PHASES } from '../../../payscore/rules/phase.ts';
import { unsent } from '../../../payscore/refusals/refusal.ts';
import { EN, type Words } from '../../../words/en.ts';
import { ZH } from '../../../words/zh.ts';
import { mch, paidBy, plain } from '../../payscore/order/orders.ts';

const because = failure('No answer');
const SAID = { state: 'PAUSED' };

/** Of each code a fact, with the words for it: one that is missing here is an error of types. */
const WORDED: { readonly [Code in Fact['code']]: readonly [FactOf<Code>, string] } = {
  completed_only_in_service: [
    { code: 'completed_only_in_service', phase: 'creating' },
    'an order can be completed only in_service; it is creating',
  ],
  completed_otherwise: [
    { code: 'completed_otherwise', phase: 'paying', total_amount: 800 },
    'the order is paying: it was completed before, with other values (total_amount 800)',
  ],
  modified_only_while_paying: [
    { code: 'modified_only_while_paying', phase: 'in_service' },
    'an amount can be lowered only while WeChat Pay is charging (paying); the order is in_service',
  ],
  not_lower: [
    { code: 'not_lower', total_amount: 300 },
    'total_amount must be lower than the present 300',
  ],
  not_cancelled_any_more: [
    { code: 'not_cancelled_any_more', phase: 'free' },
    'an order that is free cannot be cancelled',
  ],
  synced_only_while_paying: [
    { code: 'synced_only_while_paying', phase: 'in_service' },
    'a payment elsewhere can be told only while WeChat Pay is charging (paying); the order is in_service',
  ],
  paid_before_completion: [
    { code: 'paid_before_completion', completedAt: '2026-10-01T04:00:00.000Z' },
    'paid_time must be later than the completion, 2026-10-01T12:00:00+08:00',
  ],
  was_cancelled: [{ code: 'was_cancelled' }, 'the order was cancelled'],
  completed_with: [
    { code: 'completed_with', total_amount: 799 },
    'the order was completed with total_amount 799',
  ],
  lower_already: [{ code: 'lower_already' }, 'the amount is lower already'],
  ended_with: [
    { code: 'ended_with', phase: 'paid', total_amount: 800 },
    'the order is paid with total_amount 800',
  ],
  order_ended: [{ code: 'order_ended', phase: 'paid' }, 'the order has ended: it is paid'],
  charged_before: [
    { code: 'charged_before', amount: 800, transaction_id: '4200001' },
    'WeChat Pay charged the order all the same: refund 800 fen by transaction_id 4200001',
  ],
  not_done_in_time: [{ code: 'not_done_in_time' }, 'it was not done in time'],
  run_ended: [
    { code: 'run_ended' },
    'its run was ended from outside; ask again, under the same key',
  ],
  malformed: [
    { code: 'malformed', operation: 'cancel' },
    'the message must look like {"body":{"reason":"用户取消"}}',
  ],
  key_reused: [
    { code: 'key_reused' },
    'the Idempotency-Key was used before, with another body or operation',
  ],
  too_many_requests: [
    { code: 'too_many_requests', limit: 20 },
    '20 requests wait for this order already; send it again later',
  ],

  nothing_owed: [{ code: 'nothing_owed' }, 'the order owes nothing'],
  reason_needed: [
    { code: 'reason_needed' },
    'the message must look like {"reason":"paid back in cash"}',
  ],
  nothing_to_refund: [
    { code: 'nothing_to_refund' },
    'WeChat Pay charged nothing under this transaction_id for this order',
  ],
  refund_too_late: [
    { code: 'refund_too_late', paidAt: '2025-10-01T04:00:00Z' },
    'WeChat Pay refunds for 365 days; it was paid 2025-10-01T12:00:00+08:00',
  ],
  too_many_refunds: [
    { code: 'too_many_refunds', limit: 50 },
    'WeChat Pay refunds one payment at most 50 times',
  ],
  refund_above_left: [
    { code: 'refund_above_left', left: 200, total: 500 },
    'at most 200 fen of 500 are left to be refunded; what is on its way is counted',
  ],
  refund_number_used: [
    { code: 'refund_number_used' },
    'the out_refund_no was used before, for another refund',
  ],
  refund_number_elsewhere: [
    { code: 'refund_number_elsewhere' },
    'WeChat Pay has another refund under this out_refund_no; another number is needed',
  ],
  failure: [failure('connect ECONNREFUSED'), 'connect ECONNREFUSED'],
  new_run: [{ code: 'new_run' }, 'It goes on in a new run.'],
  yes_not_shown: [
    { code: 'yes_not_shown' },
    'WeChat Pay has said yes, and its account of the order does not show it yet.',
  ],
  not_sent: [{ code: 'not_sent', because }, 'It was not sent, or not taken: No answer.'],
  calls_not_accepted: [
    { code: 'calls_not_accepted', because },
    'WeChat Pay does not accept our calls: No answer.',
  ],
  outcome_unknown: [
    { code: 'outcome_unknown', because },
    'Whether WeChat Pay did it is not known: No answer.',
  ],
  sent_by_ended_run: [{ code: 'sent_by_ended_run' }, 'the run in which it was sent has ended'],
  answer_of_something_else: [
    { code: 'answer_of_something_else' },
    'WeChat Pay’s answer is about something else',
  ],
  charging: [{ code: 'charging' }, 'WeChat Pay is charging, and takes nothing meanwhile.'],
  refused_and_untold: [
    { code: 'refused_and_untold', error: 'PARAM_ERROR', message: '参数错误' },
    'WeChat Pay refused (PARAM_ERROR 参数错误), and does not say how the order stands.',
  ],
  may_still_arrive: [
    { code: 'may_still_arrive' },
    'What was sent may still arrive, so that no refusal is believed yet.',
  ],
  calls_unanswered: [
    { code: 'calls_unanswered', because },
    'WeChat Pay does not answer our calls: No answer.',
  ],
  order_untold: [
    { code: 'order_untold', because: { code: 'copies_differ' } },
    'WeChat Pay does not tell how the order stands: its copies differ.',
  ],
  copies_differ: [{ code: 'copies_differ' }, 'its copies differ'],
  order_gone: [{ code: 'order_gone' }, 'WeChat Pay does not know the order any more.'],
  order_forgotten: [{ code: 'order_forgotten' }, 'it does not know the order any more'],
  payment_untold: [{ code: 'payment_untold', because }, 'WeChat Pay does not tell: No answer.'],
  state_not_understood: [
    { code: 'state_not_understood', state: 'PAUSED' },
    'what it tells (state PAUSED) is not understood',
  ],
  not_understood: [
    { code: 'not_understood', said: SAID },
    'What WeChat Pay tells of the order is not understood: PAUSED.',
  ],
  asked_in_vain: [
    { code: 'asked_in_vain', asked: { code: 'payment_not_kept' }, because },
    'WeChat Pay is to be asked (a notification of a payment was not kept), and does not tell: No answer.',
  ],
  unconfirmed: [
    { code: 'unconfirmed', asked: { code: 'payment_not_kept' } },
    'WeChat Pay’s account of the order does not confirm what it is asked about: a notification of a payment was not kept.',
  ],

  authorization_told: [
    { code: 'authorization_told' },
    'a notification says that the user’s authorization has changed',
  ],
  payment_not_kept: [{ code: 'payment_not_kept' }, 'a notification of a payment was not kept'],
  payment_not_believed: [
    { code: 'payment_not_believed', because: { code: 'worker_could_not_open' } },
    'a notification of a payment cannot be believed: the worker could not open it',
  ],
  worker_could_not_open: [{ code: 'worker_could_not_open' }, 'the worker could not open it'],
  payment_contradicts: [
    { code: 'payment_contradicts' },
    'a notification of a payment does not fit what is known of the order',
  ],
  total_raised: [
    { code: 'total_raised', total_amount: 800, agreed: 300 },
    'it tells a total of 800 fen, above the 300 fen that it had said yes to',
  ],

  withdrawn: [{ code: 'withdrawn' }, 'The order was cancelled before it was created.'],
  nothing_created: [
    { code: 'nothing_created', because: { code: 'none_under_number' } },
    'WeChat Pay knows no order under this number. Nothing was created. A new attempt needs a new out_order_no.',
  ],
  never_accepted: [
    { code: 'never_accepted', because },
    'WeChat Pay did not accept our calls in time: No answer. Nothing was created. When that is mended, the same request, under the same out_order_no, begins anew.',
  ],
  creation_refused: [
    { code: 'creation_refused', message: '综合评估不通过' },
    'WeChat Pay refused to create the order: 综合评估不通过.',
  ],
  given_up_and_cancelled: [
    { code: 'given_up_and_cancelled', because: { code: 'told_too_late' } },
    'WeChat Pay said too late that the order exists: it was cancelled at WeChat Pay. A new attempt needs a new out_order_no.',
  ],
  told_too_late: [{ code: 'told_too_late' }, 'WeChat Pay said too late that the order exists'],
  in_confirm_mode: [{ code: 'in_confirm_mode' }, 'It stands in the confirm mode (state CREATED)'],
  created_in_confirm_mode: [
    { code: 'created_in_confirm_mode' },
    'WeChat Pay created the order in the confirm mode (state CREATED): ask for the confirm-free permission of this service_id',
  ],
  not_told_in_time: [
    { code: 'not_told_in_time' },
    'WeChat Pay did not say in time that the order exists.',
  ],
  nobody_waited: [
    { code: 'nobody_waited', since: '2026-10-01T04:00:00.000Z' },
    'Nobody has waited for the order since 2026-10-01T12:00:00+08:00, which was too long ago to create it.',
  ],
  of_somebody_else: [{ code: 'of_somebody_else' }, 'it belongs to another user, app or service'],
  number_taken: [
    { code: 'number_taken', differs: ['attach', 'openid'], isAdoptable: true },
    'WeChat Pay has an order under this out_order_no that was opened differently: it differs in attach, openid. It is untouched. Another order needs another number; POST …/adopt takes the present one up.',
  ],
  number_of_somebody_else: [
    { code: 'number_of_somebody_else' },
    'WeChat Pay has an order under this out_order_no that was opened differently: it belongs to another user, app or service. It is untouched. Another order needs another number.',
  ],
  other_under_number: [
    { code: 'other_under_number', state: 'CREATED' },
    'WeChat Pay has another order under this number, or in state CREATED, which cannot be taken up.',
  ],
  none_under_number: [
    { code: 'none_under_number' },
    'WeChat Pay knows no order under this number.',
  ],
  not_let_ask: [{ code: 'not_let_ask' }, 'WeChat Pay does not let us ask for the order.'],
  permission_unasked: [
    { code: 'permission_unasked', because },
    "The user's permission could not be asked for: No answer.",
  ],
  not_authorised_in_time: [
    { code: 'not_authorised_in_time', authorization_state: 'UNAVAILABLE' },
    'The user has not authorised the service in time (authorization_state UNAVAILABLE).',
  ],
  authorised_for_nobody: [
    { code: 'authorised_for_nobody' },
    'The user authorised the service when nobody waited for the order any more, and nobody came back.',
  ],
  not_invited: [
    { code: 'not_invited', authorization_state: 'UNAVAILABLE', because },
    'The user cannot be led to WeChat (authorization_state UNAVAILABLE): No answer.',
  ],
};

for (const [code, [fact, words]] of Object.entries<readonly [Fact, string]>(WORDED)) {
  test(`'${code}' is told in words, also after it was carried through Temporal`, () => {
    assert.equal(fact.code, code);
    assert.equal(EN.fact(fact), words);
    assert.equal(EN.fact(plain(fact)), words);
    assert.equal(isSame(fact, plain(fact)), true);
  });
}

test('no two facts are told in the same words', () => {
  const words = Object.values<readonly [Fact, string]>(WORDED).map(([fact]) => EN.fact(fact));
  assert.equal(new Set(words).size, words.length);
});

test('what is not known of a fact is left out of its words', () => {
  for (const [fact, words] of [
    [
      { code: 'completed_otherwise', phase: 'paying' },
      'the order is paying: it was completed before, with other values (total_amount another amount)',
    ],
    [{ code: 'ended_with', phase: 'free' }, 'the order is free with total_amount unknown'],
    [{ code: 'order_ended' }, 'the order has ended'],
    [
      { code: 'charged_before', amount: 800 },
      'WeChat Pay charged the order all the same: refund 800 fen',
    ],
  ] as const satisfies readonly (readonly [Fact, string])[]) {
    assert.equal(EN.fact(fact), words);
  }
});

test('what cannot be done to an order names its phase, and of a paid one what to do instead', () => {
  for (const phase of PHASES) {
    const modified = EN.fact({ code: 'modified_only_while_paying', phase });
    const cancelled = EN.fact({ code: 'not_cancelled_any_more', phase });
    assert.equal(modified.endsWith(': refund the difference'), phase === 'paid');
    assert.equal(cancelled.endsWith(': refund it by its transaction_id'), phase === 'paid');
    for (const words of [modified, cancelled]) assert.match(words, new RegExp(`\\b${phase}\\b`));
  }
});

test('whose number is taken is told as far as WeChat shows it, and adopt only where that helps', () => {
  const taken = (differs: FactOf<'number_taken'>['differs'], isAdoptable = false) =>
    EN.fact({ code: 'number_taken', differs, isAdoptable });
  assert.match(taken([]), /differs in nothing that WeChat Pay shows; fees, .* may differ\. /);
  assert.match(taken(['attach']), /it differs in attach\. .* needs another number\.$/);
});

const done = (details: object[]) => ({
  ...{ state: 'DONE', state_description: undefined, total_amount: undefined },
  ...(paidBy(...details) as { collection: FactOf<'not_understood'>['said']['collection'] }),
});

test('what is not understood of a payment is said in WeChat’s words and amounts', () => {
  const words = (details: object[]) => EN.fact(notUnderstood(done(details)));
  assert.match(words([]), /not understood: DONE \/ USER_PAID, .*no details of it\.$/);
  assert.match(words([{ ...mch, paid_type: 'X' }]), /, and details X 800\.$/);
  const { collection } = done([{ paid_type: 'X', amount: 800 }, {}]);
  const partly = { ...done([]), collection };
  assert.match(EN.fact(notUnderstood(partly)), /a paid_amount of \?, and details X 800, \? \?\.$/);
  assert.match(
    EN.fact(notUnderstood({ ...partly, collection: { ...collection!, paid_amount: 7 } })),
    /a paid_amount of 7, and/,
  );
  const untold = { ...done([]), collection: undefined };
  assert.match(EN.fact(notUnderstood(untold)), /, and a total_amount of \?\.$/);
  const bare = { ...done([]), collection: undefined, total_amount: 800 };
  assert.match(EN.fact(notUnderstood(bare)), /DONE, no collection, and a total_amount of 800\.$/);
  assert.match(EN.fact(notUnderstood({ ...bare, state: 'PAUSED' })), /not understood: PAUSED\.$/);
});

test('of what is not understood no more is kept than its words need', () => {
  const account = { ...done([mch]), openid: 'oSomebody', attach: 'private' };
  const { said } = notUnderstood(account);
  assert.deepEqual(plain(said), {
    state: 'DONE',
    collection: { state: 'USER_PAID', details: [{ paid_type: 'MCH', amount: 800 }] },
  });
});

test('a fact of a later release is told by its code', () => {
  const later = { code: 'struck_by_lightning', at: 'noon' } as unknown as Fact;
  assert.equal(EN.fact(later), 'struck_by_lightning');
  assert.equal(
    EN.fact({ code: 'order_untold', because: later }),
    'WeChat Pay does not tell how the order stands: struck_by_lightning.',
  );
});

test('a code that every object answers to is told as it is', () => {
  assert.equal(EN.fact({ code: 'toString' } as unknown as Fact), 'toString');
});

test('what WeChat Pay was never asked is not told as its refusal', () => {
  const { message } = unsent('openid has other characters');
  const told = ({ fact, order, updates }: Words) => [
    fact({ code: 'creation_refused', message }),
    order.lastRefused('`cancel`', '400 `PARAM_ERROR`', message),
    updates.refused('PARAM_ERROR', message),
  ];
  assert.deepEqual(told(EN), [
    'The request to create the order was not sent: openid has other characters.',
    '**Not sent** `cancel`: openid has other characters',
    'it was not sent: openid has other characters',
  ]);
  for (const sentence of told(ZH)) {
    assert.match(sentence, /未发出.*：openid has other characters/);
    assert.doesNotMatch(sentence, /微信支付|not sent/);
  }
});

test('two facts are the same where all of their values are', () => {
  assert.equal(isSame(failure('a'), failure('a')), true);
  assert.equal(isSame(failure('a'), failure('b')), false);
  assert.equal(isSame(failure('a'), undefined), false);
  assert.equal(isSame(undefined, undefined), true);
});

test('a sentence that an order of an earlier release kept is told as it is', () => {
  assert.equal(EN.fact('It was cancelled.' as never), 'It was cancelled.');
});
