/** What a finding of a day's reconciliation means and what to do about it, for finance people and operators. */
import type { Words } from '../en.ts';
import { findingIn, type FindingWords } from '../finding-words.ts';
import type { FindingKind } from '../../reconciliation/report/finding.ts';

const OPEN: Readonly<Record<FindingKind, FindingWords>> = {
  paid_unnoticed: {
    cause: '账单中有一笔支付，而订单没有；向微信支付查单之后仍然没有。',
    action:
      '将商户平台中的订单与此处的当前详情核对。若微信支付的查单结果与其账单矛盾，把商户服务订单号和微信订单号提供给微信支付技术支持。',
  },
  not_in_bill: {
    cause: '微信支付告知过这笔支付，但支付当日和次日的账单都没有它。',
    action: '在商户平台查找该交易，并把微信订单号提供给微信支付技术支持。',
  },
  amount_differs: {
    cause: '账单中的金额与查单或回调得到的金额不同。',
    action: '在商户平台核对两者，并把微信订单号提供给微信支付技术支持。',
  },
  other_day: {
    cause: '订单有这笔支付，但日期相差一天以上。',
    action: '确认另一日的账单中没有同一笔支付，并把微信订单号提供给微信支付技术支持。',
  },
  paid_twice: {
    cause: '订单已由另一笔交易支付。',
    action: '在商户平台确认两笔交易，然后退掉此处指明的那笔。',
  },
  not_of_order: {
    cause: '账单指明了这个订单，但订单的扣款中没有这笔交易。',
    action: '在商户平台核对：可能是其他业务用了同一单号的支付，也可能是第二笔支付。',
  },
  row_repeated: {
    cause: '同一笔支付在账单中不止一次，或另一日的账单中也有；订单只有一次。',
    action: '向微信支付技术支持确认用户是否被重复扣款。',
  },
  refunded: {
    cause: '钱已退回或将退回用户：有人在本系统之外退款，或撤销了支付。',
    action: '确认确属本意。订单保留已支付的金额。',
  },
  unknown_order: {
    cause:
      '微信支付在我方服务下有此订单，而没有人在本系统创建过；若已支付，本系统已从微信支付接管。',
    action:
      '查明是谁创建的：旧系统、本系统丢失的订单，或不该创建订单的人。然后确认此差异，或退款。',
  },
  unnamed_charge: {
    cause: '自动扣款（AUTH）的商户数据包没有指明订单。',
    action: '在商户平台查找该交易，弄清它的用途。',
  },
  order_silent: {
    cause: '订单无法查询：其 Run 可能卡住，或微信支付对该订单没有应答、拒绝告知。',
    action: '在 Web UI 中查看该订单，然后重新对账。',
  },
  odd_row: {
    cause:
      '这个订单的支付在账单中的样子不应出现：商户号是别人的、币种不同、没有微信订单号，或交易状态未知。',
    action: '查看账单中的该行该列，与商户平台中的订单核对，并把微信订单号提供给微信支付技术支持。',
  },
  refund_due: {
    cause: '微信支付扣了不应再扣的款，或多于约定的款，而至今没有账单显示相应的退款。',
    action: '按此处指明的交易退还所欠金额。有账单出现该退款时，此差异即了结。',
  },
  undercollected: {
    cause: '订单已支付，但少于完结金额；差额不是代金券。',
    action: '将商户平台中的订单与其完结金额核对，并向微信支付技术支持询问差额。',
  },
  refund_failed: {
    cause: '此前账单显示处理中的一笔退款已关闭或失败。',
    action: '在商户平台查看该退款（退款异常）；若仍须退还，换一种方式退款。',
  },
  bill_changed: {
    cause: '该日出过报告之后，微信支付修改了当日账单。',
    action:
      '比较两份账单（随各自的报告保留），向微信支付技术支持询问原因，并检查按前一份账单所记的账是否仍然成立。',
  },
  account_differs: {
    cause: '账户为这笔支付或退款变动的金额与交易账单不同，或两份账单中只有一份有这笔。',
    action: '在商户平台比较两份账单，并把单号提供给微信支付技术支持。',
  },
};

const HEALED: Readonly<Partial<Record<FindingKind, FindingWords>>> = {
  paid_unnoticed: {
    cause: '对账开始时订单还不知道这笔支付，之后由查单或回调得知。',
    action: '无需处理。若经常发生，请检查回调通知和 Worker。',
  },
  refunded: {
    cause: '订单声明的待退款（refund_due）已经退还。',
    action: '无需处理。',
  },
  unknown_order: {
    cause: '没有人在本系统创建过此订单；已从微信支付接管，状态为已支付。',
    action: '查明是谁创建的：旧系统，或本系统丢失的订单。',
  },
};

export const finding: Words['reconciliation']['finding'] = findingIn(OPEN, HEALED);
