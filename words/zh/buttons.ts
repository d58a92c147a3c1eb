/** What the web UI's own buttons would do to an order: they know nothing of WeChat Pay. */
import type { Words } from '../en.ts';
import type { Phase } from '../../payscore/rules/phase.ts';

const LEFT_ALONE: Readonly<Partial<Record<Phase, string>>> = {
  authorizing: '用户仍可能授权，却得不到订单。',
  creating: '微信支付仍可能创建该订单，而无人知晓。',
  in_service: '订单在微信支付侧继续，而此处无法再完结。',
  paying: '微信支付继续扣款，而无人关注。',
};

export const buttons: Words['buttons'] = {
  reset: '_Reset_ 只是从较早时刻重放本系统的记录；微信支付已做的不会改变。它修复不了任何问题。',
  likeThis: '_Start Workflow Like This One_ 会为同一订单再建一份记录。',
  cancel: '_Request Cancellation_ 不起作用：它不会取消订单。要取消请发送 Update `cancel`。',
  terminate: (phase) =>
    `_Terminate_ 只结束本系统的记录：${LEFT_ALONE[phase] ?? ''}若已误按，可用 \`POST …/adopt\` 重新接管订单。`,
};
