/** What each trouble means and what to do about it, for whoever has to look at it at night. Amounts come as money in words, terms as markdown. */
import type { Words } from '../en.ts';
import { EXAMPLES } from '../../payscore/order/message-shape.ts';
import type { RefundDue } from '../../payscore/order/refund-due.ts';

/** What the payment crossed; of the phases, those in which nothing was to be charged any more. */
const BECAUSE: Readonly<Partial<Record<RefundDue['because'], string>>> = {
  cancel: '此前已请求取消',
  modify: '此前已请求调低金额',
  complete: '完结金额更低',
  sync: '用户已直接向商户付款',
  paid_elsewhere: '用户已直接向商户付款',
  free: '本无需付款',
  cancelled: '订单已取消',
  rejected: '订单在本系统中未创建成功',
  unauthorized: '用户未及时授权',
};

export const troubles: Words['troubles'] = {
  refundDue: {
    means: (amount, because) =>
      `${BECAUSE[because] ?? `订单为 ${because}`}，微信支付仍向用户扣了款：须退还 ${amount}。`,
    meansUnknown: '有款项须退还用户。',
    toDo: (amount, by) =>
      `用 \`POST …/refund-due\` 退还${amount === undefined ? '所扣款项' : ` **${amount}**`}，或在商户平台（申请退款）按 ${by} 退款。`,
    orDirectly: '也可退还用户直接支付的那一笔：只退一次，不要两笔都退。',
    settle:
      '若已用其他方式退还，请发送 Update `settle`：`{"reason":"…"}`。在此之前该 Run 一直保持打开。',
    ofBill: (number) => `账单中 ${number} 对应的 transaction_id`,
    several: (charges) => `以下多个 transaction_id（每个不超过其扣款额）：${charges.join('、')}`,
    charge: (number, amount) => `${number}（${amount}）`,
  },
  undercollected: {
    means: (missing) => `微信支付称订单已支付，但完结金额中有 ${missing} 未收取。`,
    toDo: '与商户平台中的订单核对，并向微信支付技术支持询问差额。微信支付不会再自行扣款。',
  },
  misconfigured: {
    means: '微信支付不接受我方请求，须人工处理。没有任何内容丢失，也没有任何操作重复执行。',
    toDo: '按拒绝原因修复；若改动了文件或变量，请重启 Worker。正在等待的操作会在一小时内自动继续；已被拒绝的须重新发起。发送 Update `refresh` 可查看微信支付是否恢复接受请求。若其他订单也有同样异常，则与本订单无关。',
    afterTheEnd: '按拒绝原因修复，以免其他订单同样结束。本订单已无法再处理。',
  },
  amountRaised: {
    means: (charged, agreed) =>
      `微信支付按 ${charged} 扣款，而它此前受理的是 ${agreed}：10 分钟以来一直如此。`,
    toDo: `询问是谁调低了金额，并再次调低，\`modify\`：\`${EXAMPLES.modify}\`（单位：分）。若仍被多扣，差额会显示为 \`refund_due\`。`,
    afterTheEnd: '与商户平台中的订单核对。',
  },
  unresolved: {
    means:
      '已超过 10 分钟无法得知微信支付是否执行了所发请求，或其返回的订单状态无法识别。正在反复查单。',
    meansBecause: (why) => `${why}正在反复向微信支付查单。`,
    toDo: '请看 _Pending Activities_，或 _Timeline_ 中最近一次失败：其内容就是微信支付或网络的应答。若完全没有应答，请检查 Worker 能否连通微信支付。结果明确之前，不要用任何其他方式扣款、退款或取消。',
    afterTheEnd: '与商户平台中的订单核对；此处已没有待处理的操作。',
  },
  operationRefused: {
    means: (operation, why) =>
      `${operation ?? '某项操作'} 已请求但未执行，且当时无人等待结果${why === undefined ? '' : `：${why}`}。`,
    toDo: (operation) =>
      `先弄清业务系统想做什么。若仍需要，请发送修正后的 Update${operation ? `，\`${operation}\`：\`${EXAMPLES[operation]}\`` : ''}。下一次操作成功后，此提示消失。`,
    isGivenUp: '无需处理：取消请求会自动重发，间隔逐渐变长。',
    afterTheEnd: '告知请求方该操作未执行。订单已结束，无法再对其发送任何操作。',
  },
  overdue: {
    means: '服务已进行超过 30 天，且没有给出结束时间。',
    meansSince: (end) => `服务时间已超出业务系统预期：应于 ${end}（北京时间）结束。`,
    toDo:
      `确认用户是否仍在使用。若否，请按应收金额发送 Update \`complete\`：\`${EXAMPLES.complete}\`（单位：分）；` +
      `若从未使用，\`cancel\`：\`${EXAMPLES.cancel}\``,
    afterTheEnd: '无需处理：订单已结束。',
  },
};
