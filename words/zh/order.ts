/** What the web UI's current details of an order say beside its phase and its troubles. Terms come as markdown. */
import type { Words } from '../en.ts';

export const order: Words['order'] = {
  waitsFor: '正在等待',
  toDoNow: '现在要做：',
  toDoOtherwise: '其他处理：',
  updates: 'Update 从 _More Actions → Send an Update_ 发送。',
  doNotPress: '不要按',
  happened: '经过（最近的在前）',
  named: (trouble) => `${trouble}：`,
  wechatSays: (facts) => `**微信支付侧** ${facts.join('，')}`,
  charged: (amount) => `已扣款 ${amount}`,
  paidAt: (time) => `支付时间 ${time}`,
  lastRefused: (operation, code, message, id) =>
    `**微信支付最近一次拒绝** ${operation ?? '我方请求'}：${code} “${message}”${id === undefined ? '' : `，Request-ID ${id}`}`,
  why: (cause) => `原因：${cause}`,
  helps: (action) => `处理：${action}`,
};
