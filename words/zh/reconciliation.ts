/** A day's reconciliation, for finance people and operators. Terms come as markdown, amounts as money in words. */
import { billFault } from './bill-faults.ts';
import { column } from './csv-columns.ts';
import { failure } from './day-failures.ts';
import { finding } from './findings.ts';
import type { Words } from '../en.ts';

export const reconciliation: Words['reconciliation'] = {
  column,
  failure,
  fault: billFault,
  finding,
  swept: (asked) =>
    `${asked} 笔订单服务已超过一天，已通知其向微信支付查单。超过预期结束时间的订单带有异常 overdue。`,

  named: (what) => `${what}：`,
  head: (bill_date, state) => `${bill_date} 的账单 · ${state}`,
  awaitingNext: '待次日账单',
  running:
    '正在下载微信支付的交易账单，并与当日支付的订单比对。进度见 _Pending Activities_：最近一次 heartbeat 有行数和字节数，最近一次失败说明在等什么。',
  whileRunning: '无需处理。十二小时仍无报告则为失败，次日早上重试。',
  balanced: '微信支付的扣款与本系统订单的记录一致，分毫不差。',
  unbalanced: '账单与本系统订单还不相符。',

  payments: {
    inBill: '账单中',
    ours: '本系统订单已支付',
    agreed: '直接相符',
    elsewhere: '商户的其他业务',
    undisclosed: '其中微信支付拒绝告知其订单的',
    awaited: '不在这份账单中，待次日账单',
    inOtherBill: '在前一日或后一日的账单中',
  },
  ofPayments: (what, count, amount) => `${what}：${count} 笔支付，${amount}`,
  refundsInBill: (count, amount) => `账单中：${count} 笔退款，${amount}`,
  toBeSettled: (amount, fees) => `微信支付应结算：${amount}，已扣手续费 ${fees}`,
  refundsOnTheirWay: (count, amount) => `由本系统发起、处理中的退款：${count} 笔，${amount}`,
  carried: (oldest, count, amount) =>
    `此前各日仍须退还的，最早为 ${oldest}：${count} 笔，${amount}`,
  letOff: (count) => `对用户有减免的订单：${count} 笔`,
  feeOff: (amount) => `账单的手续费总金额与各行之和相差 ${amount}`,
  billReplaced: '该日出过报告之后，微信支付修改了账单',

  account: {
    missing: (code, why) => `资金账单未核对（${code}）：${why}`,
    startAgain: '；账单生成后请重新对账',
    tiesOut: '与交易账单分毫不差',
    off: (all) => `有差额：${all.map(([of, amount]) => `${of} ${amount}`).join('，')}`,
    moved: (payments, refunds, told) =>
      `资金账单：交易收入 ${payments}，退款支出 ${refunds}，${told}`,
    refundsBeside: (count, amount) =>
      `用可用余额退的款（充值退款），交易账单中没有：${count} 笔，${amount}`,
  },

  awaits: (count, from) =>
    `次日的账单：自 ${from} 起在其中查找本系统的 ${count} 笔支付。零点前后的扣款可能在那里。`,
  ofKind: ({ open, healed, acknowledged = 0 }, amount) =>
    `未处理 ${open} 条，已自动修复 ${healed} 条，${acknowledged > 0 ? `已确认 ${acknowledged} 条，` : ''}共 ${amount}`,
  findings: '差异',
  told: {
    healed: '（已自动修复）',
    order: (number) => `订单 ${number}`,
    transaction: (number) => `微信订单号 ${number}`,
    bill: (amount) => `账单 ${amount}`,
    ofOrder: (amount) => `订单金额 ${amount}`,
    line: (kind, facts, cause, action) =>
      `${[kind, ...(facts.length === 0 ? [] : [facts.join('，')])].join('：')}。${cause}${action}`,
  },

  nothing: '无需处理。',
  whileAwaiting: (route) => `待次日账单的支付无需处理；若有差异，全部见 ${route}。`,
  goThrough: (route) => `逐条查看未处理的差异，全部见 ${route}。每条都写明了处理办法。`,

  withoutReport: (why, type) => `没有报告。最近一次失败的原因：${why}（${type}）`,
  halfReport: (why, type) =>
    `报告不完整：待次日账单的支付未能查找。最近一次失败的原因：${why}（${type}）`,
  afterFailure: (route, body) =>
    `按上述原因修复，然后用 ${route}（请求体 ${body}）重新对账。此后一周内每天早上也会自动重试。`,
};
