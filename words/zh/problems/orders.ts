/** Why an order is not opened, read or changed. */
import type { Words } from '../../en.ts';

const startTime: Words['problems']['orders']['startTime'] = {
  a_minute_ahead: '须至少在一分钟之后',
  a_minute_ahead_or_now: '须至少在一分钟之后，或为 OnAccept',
  not_before_today: '不能早于北京时间的今天',
};

export const orders: Words['problems']['orders'] = {
  unknown: (out_order_no) => `此处没有订单 ${out_order_no}。`,
  silent: (phase) => `没有 Worker 应答该订单。它最近一次报告的阶段为 ${phase}。`,
  crowd: '其他请求正在同时创建此订单。请几秒后重发同一请求。',
  differentBody: '该 out_order_no 下的订单未被改动。新订单须用自己的单号。',
  unreadable:
    '该订单的上一个 Run 被外部终止，且没有 Worker 说明它此前受理过什么。未执行任何操作。请重发同一请求。',
  notCreated: '订单未创建。',
  startTime,
  deadlineOutlasts: '须早于 time_range.start_time 截止',
  paidInFuture: '不能是将来的时间',
  notFound: '未找到。',
  ofAnother: (service_id, appid) => `该订单属于服务 ${service_id} 和 ${appid}。`,
  ended: (phase, total_amount, rule) =>
    `订单已结束：${phase}，total_amount ${total_amount ?? '无'}${rule === undefined ? '' : `（${rule}）`}。`,
  endedFromOutside: (phase) =>
    `该订单在 ${phase} 阶段时其 Run 被外部终止：用 POST …/adopt 可重新接管。`,
  unchanged: '订单未改变；可修正后重新请求。',
  keyReused: '另一请求须用另一 Idempotency-Key。未执行任何操作。',
  busy: '等待该订单的请求过多。请几秒后重发同一请求。',
  notKnownToBeTaken:
    '无法得知请求是否已受理：可能没有 Worker 运行，或等待该订单的请求过多。' +
    '请以同一 Idempotency-Key 重发同一请求；若要提出其他请求，请先读取订单。',
  notTaken:
    '没有 Worker 及时接收该请求，因此不会执行。请重发。若 Worker 正在运行，请核对 API 与 Temporal 的时钟。',
  refusedOtherwise: (said) => `Worker 未执行，其原话为“${said}”。请读取订单。`,
  nothingOwed: '该订单没有待退款项。',
  readThenRepeat: '请先读取订单，再重发同一请求。',
};
