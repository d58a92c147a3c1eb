/** What the web UI's current details of an order say beside its phase and its troubles. Terms come as markdown. */
import type { Words } from '../en.ts';
import { whyUnsent } from '../../payscore/refusals/refusal.ts';
import type { Phase } from '../../payscore/rules/phase.ts';
import type { Trouble } from '../../payscore/rules/trouble.ts';

/** Codes stay beside their names: lists, metrics and the API know them alone. */
const PHASES: Readonly<Record<Phase, string>> = {
  authorizing: '待授权',
  creating: '创建中',
  in_service: '服务中',
  paying: '待支付',
  paid: '已支付',
  paid_elsewhere: '已用其他方式付款',
  free: '无需付款',
  cancelled: '已取消',
  rejected: '未创建',
  unauthorized: '未授权',
};

const TROUBLES: Readonly<Record<Trouble, string>> = {
  refund_due: '待退款',
  undercollected: '少收',
  misconfigured: '配置有误',
  amount_raised: '金额被调高',
  unresolved: '结果未知',
  operation_refused: '操作被拒绝',
  overdue: '超期未完结',
};

export const order: Words['order'] = {
  waitsFor: '正在等待',
  toDoNow: '现在要做：',
  toDoOtherwise: '其他处理：',
  updates: 'Update 从 _More Actions → Send an Update_ 发送。',
  doNotPress: '不要按',
  happened: '经过（最近的在前）',
  phase: (phase) => `${PHASES[phase]} ${phase}`,
  trouble: (trouble) => `${TROUBLES[trouble]} ${trouble}`,
  named: (trouble) => `${TROUBLES[trouble]} ${trouble}：`,
  wechatSays: (facts) => `**微信支付侧** ${facts.join('，')}`,
  charged: (amount) => `已扣款 ${amount}`,
  paidAt: (time) => `支付时间 ${time}`,
  lastRefused: (operation, code, message, id) => {
    const what = operation ?? '我方请求';
    const why = whyUnsent(message);
    return why === undefined
      ? `**微信支付最近一次拒绝** ${what}：${code} “${message}”${id === undefined ? '' : `，Request-ID ${id}`}`
      : `**未发出** ${what}：${why}`;
  },
  why: (cause) => `原因：${cause}`,
  helps: (action) => `处理：${action}`,
};
