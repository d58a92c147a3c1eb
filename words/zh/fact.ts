/** What an order keeps as facts, for people: of the web UI, of the API, of logs. */
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Fact, FactOf, Said } from '../../payscore/order/fact.ts';
import { whyUnsent } from '../../payscore/refusals/refusal.ts';
import { standingOf } from '../../payscore/rules/phase.ts';
import { worded } from '../worded.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';

const ANEW = '再次尝试须使用新的 out_order_no。';

const WORDS: { readonly [Code in Fact['code']]: (it: FactOf<Code>) => string } = {
  completed_only_in_service: ({ phase }) => `只有 in_service 阶段的订单可以完结；该订单为 ${phase}`,
  completed_otherwise: ({ phase, total_amount = '（不详）' }) =>
    `订单为 ${phase}：此前已按其他金额完结（total_amount ${total_amount}）`,
  modified_only_while_paying: ({ phase }) =>
    `只有微信支付扣款期间（paying）才能调低金额；该订单为 ${phase}` +
    (phase === 'paid' ? '，请对差额退款' : ''),
  not_lower: ({ total_amount }) => `total_amount 必须低于当前的 ${total_amount}`,
  not_cancelled_any_more: ({ phase }) =>
    `${phase} 的订单不能取消` + (phase === 'paid' ? '，请按 transaction_id 退款' : ''),
  synced_only_while_paying: ({ phase }) =>
    `只有微信支付扣款期间（paying）才能同步“已用其他方式付款”；该订单为 ${phase}`,
  paid_before_completion: ({ completedAt }) =>
    `paid_time 必须晚于完结时间 ${rfc3339Of(new Date(completedAt))}`,
  was_cancelled: () => '订单已取消',
  completed_with: ({ total_amount }) => `订单已按 total_amount ${total_amount} 完结`,
  lower_already: () => '金额已经更低',
  ended_with: ({ phase, total_amount = '不详' }) => `订单为 ${phase}，total_amount ${total_amount}`,
  order_ended: ({ phase }) => `订单已结束${phase === undefined ? '' : `：${phase}`}`,
  charged_before: ({ amount, transaction_id }) =>
    `微信支付仍扣了款，请退还 ${amount} 分` +
    (transaction_id === undefined ? '' : `（transaction_id ${transaction_id}）`),
  not_done_in_time: () => '未能及时执行',
  run_ended: () => '其 Run 被外部终止；请以同一 Idempotency-Key 再次请求',
  malformed: ({ operation }) => `消息须形如 ${EXAMPLES[operation]}`,
  key_reused: () => '该 Idempotency-Key 已用于另一请求体或另一操作',
  too_many_requests: ({ limit }) => `该订单已有 ${limit} 个请求在等待，请稍后再发`,

  nothing_owed: () => '该订单没有待退款项',
  reason_needed: () => '消息须形如 {"reason":"已现金退还"}',
  nothing_to_refund: () => '微信支付未在该 transaction_id 下对此订单扣款',
  refund_too_late: ({ paidAt }) =>
    `微信支付只支持 365 天内退款；该笔支付时间为 ${rfc3339Of(new Date(paidAt))}`,
  too_many_refunds: ({ limit }) => `一笔支付最多退款 ${limit} 次`,
  refund_above_left: ({ left, total }) =>
    `共 ${total} 分，最多还可退 ${left} 分（处理中的退款已计入）`,
  refund_number_used: () => '该 out_refund_no 已用于另一笔退款',
  refund_number_elsewhere: () => '微信支付在该 out_refund_no 下已有另一笔退款，请换一个单号',

  failure: ({ words }) => words,
  new_run: () => '将在新的 Run 中继续。',
  yes_not_shown: () => '微信支付已受理，但查单结果尚未体现。',
  not_sent: ({ because }) => `未发出，或未被受理：${ended(because)}`,
  calls_not_accepted: ({ because }) => `微信支付不接受我方请求：${ended(because)}`,
  outcome_unknown: ({ because }) => `微信支付是否已执行，结果未知：${ended(because)}`,
  sent_by_ended_run: () => '发出该请求的 Run 已结束',
  answer_of_something_else: () => '微信支付的应答与所问不符',
  charging: () => '微信支付正在扣款，期间不受理任何操作。',
  refused_and_untold: ({ error, message }) =>
    `微信支付拒绝（${error} ${message}），且未说明订单状态。`,
  may_still_arrive: () => '已发出的请求仍可能到达，因此暂不采信任何拒绝。',
  calls_unanswered: ({ because }) => `微信支付未应答：${ended(because)}`,
  order_untold: ({ because }) => `微信支付未说明订单状态：${ended(because)}`,
  copies_differ: () => '两份记录不一致',
  order_gone: () => '微信支付已查不到该订单。',
  order_forgotten: () => '微信支付已查不到该订单',
  payment_untold: ({ because }) => `微信支付未给出结果：${ended(because)}`,
  state_not_understood: ({ state }) => `返回的状态无法识别（state ${state}）`,
  not_understood: ({ said }) =>
    `微信支付返回的订单状态无法识别：${[standingOf(said), ...lacksOf(said)].join('，')}。`,
  asked_in_vain: ({ asked, because }) =>
    `需向微信支付查单（${bare(asked)}），但未得到结果：${ended(because)}`,
  unconfirmed: ({ asked }) => `微信支付的查单结果未能证实：${ended(asked)}`,

  authorization_told: () => '回调通知称用户的授权已变更',
  payment_not_kept: () => '有一条支付回调通知未保留下来',
  payment_not_believed: ({ because }) => `有一条支付回调通知不可采信：${bare(because)}`,
  worker_could_not_open: () => 'Worker 无法解密该通知',
  payment_contradicts: () => '支付回调通知与订单已知情况不符',
  total_raised: ({ total_amount, agreed }) =>
    `微信支付给出的总金额为 ${total_amount} 分，高于其已受理的 ${agreed} 分`,

  withdrawn: () => '订单在创建之前已取消。',
  nothing_created: ({ because }) => `${ended(because)}未创建任何订单。${ANEW}`,
  never_accepted: ({ because }) =>
    `微信支付未能及时接受我方请求：${ended(because)}未创建任何订单。修复后，用同一 out_order_no 重发同一请求即可重新开始。`,
  creation_refused: ({ message }) => {
    const why = whyUnsent(message);
    return why === undefined
      ? `微信支付拒绝创建订单：${message}。`
      : `创建订单的请求未发出：${why}。`;
  },
  given_up_and_cancelled: ({ because }) => `${bare(because)}：已在微信支付侧取消。${ANEW}`,
  told_too_late: () => '微信支付告知订单存在时已过时限',
  in_confirm_mode: () => '订单处于需确认模式（state CREATED）',
  created_in_confirm_mode: () =>
    '微信支付以需确认模式创建了订单（state CREATED）：请为该 service_id 申请免确认模式权限',
  not_told_in_time: () => '微信支付未在时限内告知订单存在。',
  nobody_waited: ({ since }) =>
    `自 ${rfc3339Of(new Date(since))} 起已无人等待该订单，时间过久，不再创建。`,
  of_somebody_else: () => '它属于另一用户、应用或服务',
  number_taken: ({ differs, isAdoptable }) =>
    otherOrder(differenceOf(differs), isAdoptable ? '；也可用 POST …/adopt 接管现有订单' : ''),
  number_of_somebody_else: () => otherOrder('它属于另一用户、应用或服务'),
  other_under_number: ({ state }) =>
    `微信支付在该单号下是另一笔订单，或处于 ${state} 状态，无法接管。`,
  none_under_number: () => '微信支付在该单号下查无订单。',
  not_let_ask: () => '微信支付不允许我方查询该订单。',
  permission_unasked: ({ because }) => `无法查询用户的授权：${ended(because)}`,
  not_authorised_in_time: ({ authorization_state }) =>
    `用户未在时限内授权（authorization_state ${authorization_state}）。`,
  authorised_for_nobody: () => '用户授权时已无人等待该订单，之后也无人再来。',
  not_invited: ({ authorization_state, because }) =>
    `无法引导用户到微信授权（authorization_state ${authorization_state}）：${ended(because)}`,
};

export function fact(it: Fact): string {
  return worded(WORDS, it);
}

/** Within a sentence: facts may be sentences themselves. */
function bare(it: Fact): string {
  return fact(it).replace(/[。.]$/, '');
}

/** As the end of a sentence. */
function ended(it: Fact): string {
  return `${bare(it)}。`;
}

function lacksOf({ state, collection, total_amount }: Said): string[] {
  if (state !== 'DONE') return [];
  if (!collection) return [`没有 collection，total_amount 为 ${total_amount ?? '?'}`];
  const { details, paid_amount } = collection;
  const parts = details.map(({ paid_type, amount }) => `${paid_type ?? '?'} ${amount ?? '?'}`);
  const told = parts.length === 0 ? '没有明细' : `明细 ${parts.join('、')}`;
  return [`paid_amount 为 ${paid_amount ?? '?'}，${told}`];
}

function otherOrder(what: string, instead = ''): string {
  return `微信支付在该 out_order_no 下已有一笔以不同参数创建的订单：${what}。该订单未被改动。新订单须用新的单号${instead}。`;
}

function differenceOf(differs: FactOf<'number_taken'>['differs']): string {
  if (differs.length > 0) return `不同之处：${differs.join('、')}`;
  return '微信支付可查到的内容均相同；不同的可能是费用、设备、notify_url 或 attach';
}
