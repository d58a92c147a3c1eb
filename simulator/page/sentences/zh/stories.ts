/** 故事进行时说的话。金额是 ¥3.00 这样的文本。 */
import type { en } from '../en.ts';

export const stories: (typeof en)['stories'] = {
  heading: '故事',
  intro:
    '点一下，就在微信支付、我们的 API 和 Workflow 上演一遍。发生什么，这里就说什么；每个故事一两分钟内自行结束，除订单外不留任何痕迹。',
  play: '播放',
  playing: '正在播放',
  busy: '另一个故事正在播放，一两分钟内结束。',
  began: '故事开始。',
  nothingYet: '还没有播放过故事。',
  order: '故事的订单',
  onPhone: '在手机上看',
  onDesk: '在工作台上看',
  seconds: (seconds) => `${seconds} 秒`,
  brokeOff: (why) => `故事中断：${why}`,
  notWithin: (what, seconds) =>
    `${what}：${seconds} 秒内没有等到。请在工作台上看这笔订单的调用、回调通知，以及 Temporal Web UI 里的 Workflow；npm start 的日志在 .local/logs。`,
  unbalanced: (day) => `${day} 的账单没有对平，原因见 GET /v1/reconciliations/${day}。`,
  noReport: (day) => `${day} 的对账失败，没有报告，原因见 GET /v1/reconciliations/${day}。`,
  allReported: (days) => `最近 ${days} 天都有报告，没有可以首次对账的日子了。`,
  refused: (what, why) => `${what}被拒绝：${why}`,
  names: {
    plain: '普通订单',
    'first-time': '首次使用的用户',
    'lost-callback': '丢失的回调',
    'cut-answer': '中断的应答',
    crossing: '扣款与取消交错',
    morning: '次日对账',
  },
  about: {
    plain: '租借、归还、微信支付扣款，并以回调通知告知。',
    'first-time': '用户还没有授权：先去微信的授权页，再有订单。',
    'lost-callback': '微信支付扣了款，回调全部丢失。谁会发现？要等到下一次查单，默认一分钟。',
    'cut-answer': '订单已创建，应答却没有到。到底有一笔、没有，还是两笔？',
    crossing: '正在取消的订单仍被扣款，钱要退还用户。',
    morning:
      '一天过去，微信支付的账单来了，逐分核对。期间微信支付唯一的时钟会拨回，别人的订单也按它走。',
  },
  waits: {
    phase: (phase) => `我们的阶段 ${phase}`,
    state: (state) => `微信支付的状态 ${state}`,
    callback: '回调通知',
    event: (type) => `事件 ${type}`,
    call: (call) => `调用 ${call}`,
    refund: '退款',
    report: '当日的对账报告',
  },
  steps: {
    knownUser: '一位授权过的用户扫了充电宝上的码。',
    newUser: '一位用户第一次来：微信支付没有授权记录。',
    rented: (status, phase) =>
      `商户后台请求我们的 API，POST /v1/service-orders：${status}，${phase}。`,
    invited: '我们的 API 给出打开微信授权页的参数（wxpayScoreEnable），此时什么都没有创建。',
    authorised: '用户点了“同意并开通”：AVAILABLE，一次授权，以后的订单都有效。',
    toldAuthorised: '微信支付以签名的回调通知告知：PAYSCORE.USER_OPEN_SERVICE。',
    back: '用户回到商户的页面，商户后台告诉我们：POST …/refresh。',
    created: '微信支付有了这笔订单：DOING / USER_CONFIRM。用户没有付押金。',
    givenBack: (amount) =>
      `用户归还。商户后台请求 POST …/complete，金额 ${amount}；微信支付开始扣款。`,
    charged: (amount) => `微信支付自动扣款 ${amount}。`,
    toldPaid: (attempts) =>
      `微信支付以签名并加密的回调通知告知：PAYSCORE.USER_PAID；我们的 API 已验签（第 ${attempts} 次发送）。`,
    paid: 'Workflow 收到了：我们的订单已支付。',
    event: (type) => `商户自己的系统收到事件 ${type}，签名已验证。`,
    willLose: '从现在起，网络会丢掉这笔订单的每一条回调。',
    lost: '回调丢了，微信支付却以为已经发出。现在等 Workflow 的下一次查单：约一分钟，或按 POLL_DELAYS。',
    asked:
      'Workflow 自己查了单，GET /v3/payscore/serviceorder：DONE / USER_PAID，不需要任何人告知。',
    willCut: '下一次创建订单：执行之后，应答会中断。',
    wasCut: '微信支付创建了订单，连接却断了：我们这边无从知道。',
    askedCut: '结果未知不等于失败：Workflow 去查单，找到了这笔订单。',
    once: (times) => `账本里，创建只有 ${times} 次。`,
    cancelled: '为了不留下未完结的订单，取消它：REVOKED。',
    willCutCancel: '从现在起，我们就这笔订单发出的一切都到不了。',
    cancelSent: '商户取消订单；请求一次次重发，一次次丢失。',
    crossed: (amount) => `微信支付不知道有取消，扣款 ${amount}：回调到了。`,
    refundDue: (amount) => `我们的订单在取消中仍被扣款，异常 refund_due：待退款 ${amount}。`,
    paysBack: '网络恢复。商户点了退款：POST …/refund-due。',
    refunded: (amount) => `微信支付已退款 ${amount}：不再有待退款。`,
    yesterday: (day) => `微信支付的业务时钟拨到 ${day}：要有一笔在已过去的日子里支付的订单。`,
    today: '时钟拨回今天：微信支付出那一天的账单。',
    reconciling: (day) =>
      `早晨：POST /v1/reconciliations，账单日 ${day}；平时由 Schedule 每天发起。`,
    report: (payments, amount, result) =>
      `报告：微信支付账单里有 ${payments} 笔支付，共 ${amount}；对账结果 ${result}。`,
  },
  ends: {
    plain: '看到的是：一笔订单的一生。没有轮询，只扣了一次款。',
    'first-time': '看到的是：先授权（回调和查询两条路），然后订单自己开始。',
    'lost-callback': '看到的是：回调更快，但什么都不依赖它。查单发现了这笔支付。',
    'cut-answer': '看到的是：结果未知时先去查单，什么都不会创建两次。',
    crossing: '看到的是：与取消交错的钱不会被忘记，直到退还为止。',
    morning: '看到的是：按微信支付自己的账单，这一天分毫不差。',
  },
};
