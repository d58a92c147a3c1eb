/** What `npm start` and `npm run demo` tell on the way. Amounts come as money in words. */
import type { Story } from '../en/story.ts';

const who: Story['who'] = {
  business: '业务系统',
  user: '用户',
  order: '订单',
  event: '事件',
  morning: '次日早上',
  bank: '账单',
  report: '报告',
};

const stack: Story['stack'] = {
  head: 'payscore-orders：把微信支付分订单做成持久化的 Workflow',
  receiver: (url) => `${url}，接收事件`,
  temporal: (address, ui) => `${address}${ui === undefined ? '' : `，Web UI 地址 ${ui}`}`,
  started: (pid, what) => `pid ${pid}，${what}`,
  simulator: (url) => `本机上的微信支付，${url}`,
  worker: '执行订单',
  ended: (part, how) => `${part} 已退出（${how}），正在重新启动`,
  exit: (code) => `退出码 ${code}`,
  startedAgain: (part, pid) => `${part}，pid ${pid}`,
  complaint: (part, message, reason) =>
    `${part}：${message}${reason === undefined ? '' : `（${reason}）`}`,
  failed: (why) => `失败：${why}`,
};

const servers: Story['servers'] = {
  downloadCli: (version) => `下载 Temporal CLI ${version}`,
  buildCli: (version) => `用 Go 编译 Temporal CLI ${version}（3 至 4 分钟，仅此一次）`,
  waits: (pid, what) => `等待进程 ${pid ?? '（不详）'} 准备好 ${what} …`,
  begins: (title) => `${title} …`,
  goesOn: (title, seconds) => `${title}：进行中，已 ${seconds} s`,
  done: (title, seconds) => `${title}：已完成，用时 ${seconds} s`,
  failed: (title, seconds) => `${title}：失败，用时 ${seconds} s`,
};

const order: Story['order'] = {
  answered: (call, status, phase) => `${call} → ${status} ${phase}`,
  completion: (fen) => `POST …/complete，${fen} 分`,
  back: '用户返回商户页面，POST …/refresh',
  rents: '租借充电宝；期间不占进程，也不轮询',
  paysUntold: '支付；回调通知丢失，一小时内也不查单',
  pays: '支付；微信支付以已签名、已加密的回调通知告知',
  paid: (amount, by) => `已支付：${amount}，由${by === 'callback' ? '回调通知' : '查单'}得知`,
  unknownUser: '微信支付查无该用户的授权，此时尚未创建任何订单',
  jump: (call) => `供前端使用：${call}`,
  authorises: '在微信页面授权该服务，一次授权适用于所有订单',
  opensService: '微信支付以已签名、已加密的回调通知告知：USER_OPEN_SERVICE',
  wechatSays: (words) => `微信支付：${words}`,
  standing: (words, order_id) => `微信支付：${words}，order_id ${order_id}`,
  payment: (transaction_id, paid_time) =>
    `transaction_id ${transaction_id}，paid_time ${paid_time}`,
  none: '无',
  takenNot: (why) => `未受理（${why}）；重发同一请求`,
  nobodyAnswers: '无人应答',
};

const crossing: Story['crossing'] = {
  cancels: (fen) => `取消另一个 ${fen} 分的订单；请求在网络中丢失`,
  paid: (amount) => `仍被扣款：须退还 ${amount}`,
  back: (amount, state) => `微信支付：已退还用户 ${amount}，${state}`,
};

const RESULTS = { balanced: '已对平', unbalanced: '有差异' };

const day: Story['day'] = {
  starts: (bill_date, status) =>
    `POST /v1/reconciliations，${bill_date} → ${status}；平时由 Schedule 每天执行`,
  payments: (count, amount) => `${count} 笔共 ${amount}`,
  compared: (bill, ours, agreed) =>
    `支付：微信支付账单 ${bill}，本系统订单 ${ours}，直接相符 ${agreed}`,
  finding: (kind, isHealed, out_order_no, cause) =>
    `${kind}${isHealed ? '（已自动修复）' : ''}：${out_order_no}。${cause}`,
  result: (bill_date, result) => `${bill_date} 的账单${RESULTS[result]}`,
};

const events: Story['events'] = {
  verified: '已签名（Standard Webhooks）POST 到业务系统，验签通过，204',
  line: (words) => words.join('，'),
};

const end: Story['end'] = {
  paid: '订单已支付，当天账单对平，分毫不差。',
  paidByBill: '订单已支付（由账单得知），当天账单对平，分毫不差。',
  brokeOff: (why) => `演示中断：${why}`,
  staysUp: '所有程序保持运行。可以自己试一笔订单：',
  page: (url) => `用浏览器打开手机、工作台和六个故事：${url}`,
  webUi: (url) => `在 Temporal 的 Web UI 中查看订单：${url}`,
  events: '业务系统收到的事件会显示在这里。',
  logs: '日志在 .local/logs。重新启动后订单仍在；npm run reset 清除它们。按 Ctrl-C 全部结束。',
};

const faults: Story['faults'] = {
  gaveUp: (call, why) => `${call}：${why}，已持续两分钟`,
  simulatorRefused: (body) => `模拟器拒绝：${body}`,
  noCallback: '没有收到微信支付的回调通知',
  otherPhase: (phase, wanted) => `订单为 ${phase}，而不是 ${wanted}`,
  notSent: '取消请求未发出',
  notPaidBack: '用户没有收到退款',
  untold: (type) => `业务系统没有收到事件 ${type}`,
  reported: (days) => `最近 ${days} 天都已有对账报告：请运行 npm run reset`,
  unbalanced: (bill_date) => `${bill_date} 的账单没有对平`,
  reconciliationFailed: (why) => `对账失败：${why}`,
  reconciling: (state) => `对账仍为 ${state}`,
  notFound: '没有找到丢失的支付',
};

const reset: Story['reset'] = {
  runs: '程序正在运行。请先结束它们，否则其状态会再次写入。',
  notOurs: (folder) => `${folder} 不是本机演示的文件夹，未删除任何内容。`,
  forgotten: '已清除：本机演示的订单、密钥和日志。',
};

export const story: Story = {
  who,
  stack,
  servers,
  order,
  crossing,
  day,
  events,
  end,
  faults,
  reset,
};
