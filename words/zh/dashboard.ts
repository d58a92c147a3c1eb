/** The dashboard's texts, by the id of each panel: its title, what it means, and its series where they have names of ours. */
import type { DashboardWords } from '../en/dashboard.ts';

const panels: DashboardWords['panels'] = {
  1: { title: '有需要人处理的吗？' },
  2: {
    title: '处于异常',
    description:
      '处于异常的订单、退款和事件通道：未结束的，以及一天之内带着异常结束的。具体是哪些，见 Web UI 的视图。',
  },
  3: {
    title: '停滞的 Workflow',
    description: '任务反复失败的未结束 Workflow：程序有缺陷，或缺少载荷加密的密钥。',
    series: ['Workflow'],
  },
  4: {
    title: '最近的对账日结束于',
    description: '最近一个有报告的对账日，结束至今多久。11 至 35 小时为正常。',
    series: ['以前'],
  },
  5: {
    title: '证书剩余有效期',
    description: '每类证书中最后一张到期之前还有多久。微信支付公钥没有有效期。',
  },
  6: {
    title: '有响应的程序',
    description: '有多少个 Worker 和 API 响应 Prometheus。',
    series: ['Worker 个数', 'API 个数'],
  },
  7: { title: '微信支付' },
  8: {
    title: '调用，按结果',
    description:
      '每秒对微信支付的调用。unknown：不知道做了没有，各订单会查单。throttled：过于频繁。misconfigured：签名不被接受。',
  },
  9: {
    title: '调用耗时，100 次中的第 95 次',
    description: '到微信支付的应答验签为止；10 s 后放弃该次调用。',
  },
  10: {
    title: '时钟偏差',
    description:
      '本机时钟比微信支付和 Temporal 快多少，慢则小于 0。超过 30 s 应当处理，超过 300 s 微信支付不再接受任何请求。',
  },
  11: {
    title: '回调通知，按处理结果',
    description:
      '每秒的回调通知。taken、known、recovered、asked 为正常；unverified 是伪造、微信支付的签名探测，或密钥不对。',
  },
  12: {
    title: '回调通知的延迟，100 条中的第 95 条',
    description: '从生成到送达的时间。长达数分钟，说明此前的投递失败了。',
  },
  13: {
    title: '未予采信或解不开',
    description:
      '以微信支付名义发来、未予采信的消息，按原因分；以及用现有 APIv3 密钥解不开的回调。',
    series: ['{{message}} {{reason}}', '解不开'],
  },
  14: { title: '订单' },
  15: {
    title: '订单，按到达的阶段',
    description:
      '每小时。creating 是创建或接管的订单；其他阶段在几分钟之后到达，或在服务持续之后。',
  },
  16: { title: '新出现的异常', description: '每小时，按异常分。' },
  17: {
    title: '操作，按结果',
    description: '每小时。not_allowed：本系统的规则不允许；refused：微信支付拒绝。',
  },
  18: {
    title: '支付的得知途径',
    description: '每小时。query：须向微信支付查单才得知。若多数如此，说明回调通知没有送达。',
    series: ['{{found_by}}', '本系统不认识的订单'],
  },
  19: { title: '对账', description: '每天，按结果分。' },
  20: { title: '账单与订单的差异', description: '每天，按差异分。healed 的已无需人处理。' },
  21: { title: 'Temporal' },
  22: {
    title: '任务等待时间',
    description: '最早的一个等待 Worker 的任务已等多久；Activity 还包括排队等待调用微信支付的。',
  },
  23: { title: '等待中的任务', description: '按 Temporal 的估算。' },
  24: {
    title: 'Worker 的空闲名额',
    description: '任务的 slot。长时间为 0：再运行一个 Worker。',
  },
  25: {
    title: '从排程到开始，100 次中的第 95 次',
    description: '由 Worker 测得：Workflow 的任务等了多久才有 Worker 接手。',
    series: ['Workflow 任务', 'Activity'],
  },
  26: {
    title: 'Worker 内存中的订单',
    description: 'Sticky 缓存：不在其中的订单，有消息时须重放历史。',
    series: ['已缓存'],
  },
  27: { title: '经过加密的载荷', description: '每秒。unreadable 必须一直为 0。' },
  28: { title: 'API 入口' },
  29: {
    title: '同时放行的请求',
    description: '每个入口的上限，随 Temporal 和 Worker 接手请求的快慢而变。',
  },
  30: { title: '要求稍后再来的请求', description: '每秒的 429，按入口分。' },
  31: {
    title: '被断开的连接',
    description: '每秒，按所触及的上限分：有人在对 API 发起洪水攻击。',
  },
};

export const dashboard: DashboardWords = {
  title: '支付分订单',
  description: '订单、微信支付与 Temporal；各项指标的说明见 docs/zh/operations.md。',
  panels,
};
