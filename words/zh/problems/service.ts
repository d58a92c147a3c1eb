/** What stands behind the API, Temporal and the workers, and does not answer as it should. */
import type { Words } from '../../en.ts';

const AGAIN = '请重发同一请求。';

export const service: Words['problems']['service'] = {
  exhausted: 'Temporal 此刻无法接收更多请求。请几秒后重发同一请求。',
  unprepared: 'Temporal 尚未就绪：请对该 namespace 运行 `migrate`。',
  runEnded: `该订单的 Run 刚刚结束，或另一个 Run 已开始。${AGAIN}`,
  unanswered: `Temporal 没有应答，无法得知是否已受理。${AGAIN}`,
  away: 'Temporal 没有应答。',
  unreadable: (keyId) => `Temporal 中的相关内容在此无法读取：它用 codec 密钥 ${keyId} 加密。`,
  internal: '请稍后重发同一请求。',
  overloaded:
    '未受理任何内容。请在 Retry-After 所示秒数之后，以同一 Idempotency-Key 重发同一请求。',
  stalled: `未受理任何内容：没有 Worker 接收请求，或 Temporal 没有应答，且已有许多请求在等待。${AGAIN}`,
  nobodyAnswered: `Worker 或微信支付未及时应答。${AGAIN}`,
  unchanged: '未改变任何内容。',
  notAccepted: (failure) => `微信支付不接受我方请求，须由人工处理：${failure}`,
  failed: (failure) => `未得到微信支付的结果（${failure}）。${AGAIN}`,
  noAnswerInTime: `Worker 未及时得出结果。${AGAIN}`,
};
