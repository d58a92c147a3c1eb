/** What an order waits for. Times come in words. */
import type { Words } from '../en.ts';

export const waits: Words['waits'] = {
  payment:
    '支付结果：来自微信支付的回调，或由等待中的 Timer 或 Activity 向微信支付查单，时间见其说明。',
  user: (until) => `用户授权，截止 ${until}：届时仍未授权则以 \`unauthorized\` 结束。`,
  invitation: (until) =>
    `业务系统持有的授权邀请在 ${until} 之前可打开微信授权页。之后由微信支付的回调，或由等待中的 Activity（间隔逐渐变长）推进。`,
  itsTurn: (operation, since) => `\`${operation}\`，请求于 ${since}：排队中。`,
  underWay: (operation, since, begun) =>
    `\`${operation}\`，请求于 ${since}：自 ${begun} 起执行中。`,
  unknown: (since) =>
    `自 ${since} 起**结果未知**：正在向微信支付查单，只有确认未执行时才会重发同一请求。`,
  mayArrive: (until) => `最近一次发出的请求在 ${until} 之前仍可能到达，在此之前不采信任何拒绝。`,
  lookUp: '在此之前，须先由微信支付说明订单状态。',
  taken: '微信支付已受理，但查单结果尚未体现。',
  charging: (times) => `微信支付此刻正在扣款：每 3 分钟重试一次，已试 ${times} 次，共 10 次。`,
  givenUp: (at) => `若到 ${at} 仍不能确认订单存在，则放弃。`,
  notBefore: (at) => `在 ${at} 之前不发送：此前的修改请求在那之前仍可能到达。`,
  space: '',
};
