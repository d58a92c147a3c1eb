/** What answers of the API say to people beside facts and problems. */
import type { Words } from '../en.ts';

export const answers: Words['answers'] = {
  terminationTaken:
    '已受理，但微信支付的结果尚不可知。请重发同一请求以得知结果：已解除的授权视为解除成功。',
  temporalAway: 'Temporal 没有应答。',
  clockApart: (ahead) =>
    `本机时钟比 Temporal ${ahead > 0 ? '快' : '慢'}至少 ${Math.round(Math.abs(ahead))} 秒：请校准。`,
  schedule: { paused: '已通过 API 暂停', resumed: '已通过 API 恢复' },
};
