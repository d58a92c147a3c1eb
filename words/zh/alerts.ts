/** What alerts say: what is the matter, what to do now, and where the documents say more. Prometheus puts the values in. */
import type { alerts as english } from '../en/alerts.ts';

/** Where the documents say more. */
const PAGE = {
  alerts: 'docs/zh/operations.md#告警',
  load: 'docs/zh/operations.md#请求超出处理能力时',
  views: 'docs/zh/operations.md#值得保存的查询',
  figures: 'docs/zh/operations.md#指标',
  watch: 'docs/zh/operations.md#监控什么',
  strangers: 'docs/zh/operations.md#来路不明的请求',
  unclaimed: 'docs/zh/operations.md#无人认领的回调',
  keys: 'docs/zh/wechatpay.md#确认签名模式',
  reconciliation: 'docs/zh/reconciliation.md',
};

export const alerts: typeof english = {
  PayscoreWorkerDown: {
    summary: '没有 Worker 响应。订单照收，但在排队等待。',
    do: '查明 Worker 为何退出（其日志、所在机器的状态），然后启动它。期间没有任何内容丢失；没有 Worker 时，创建订单返回 503。',
    runbook_url: PAGE.alerts,
  },
  PayscoreApiDown: {
    summary: '没有 API 响应。业务系统无法创建或完结订单，回调通知也进不来。',
    do: '查明 API 为何退出，然后启动它。微信支付会重复通知，订单也会主动查单，因此支付结果只是晚些得知。',
    runbook_url: PAGE.alerts,
  },
  PayscoreNoWorkerTakesTasks: {
    summary: '订单等待 Worker 已有 {{ $value | humanizeDuration }}。',
    do: '看 Worker 的 /readyz 和日志：可能连不上 Temporal、缺少载荷加密的密钥，或已过载。若只是繁忙，再运行一个（WORKER_REPLICAS）。',
    runbook_url: PAGE.load,
  },
  PayscoreCallsWait: {
    summary: '对微信支付的调用已排队 {{ $value | humanizeDuration }}。',
    do: '故障刚恢复时会自行消退。否则看是微信支付慢，还是 WECHATPAY_CALLS_PER_SECOND 太低：先向微信支付申请更高的限额。',
    runbook_url: PAGE.load,
  },
  PayscoreTasksFail: {
    summary: '{{ $value }} 个未结束 Workflow 的任务反复失败，处于停滞。',
    do: '打开视图“程序缺陷”，阅读失败信息。若为 UnreadablePayloadError，是缺少载荷加密的密钥；否则把 Worker 回滚到上一版本。修复后会自动继续。',
    runbook_url: PAGE.views,
  },
  PayscorePayloadsUnreadable: {
    summary: '十分钟内有 {{ $value | humanize }} 次解不开 Temporal 中存储的内容。',
    do: '日志写明密钥 id。把对应文件加到每个程序的 CODEC_KEY_FILES 中，排在最新的密钥之后，然后重启。没有任何内容丢失。',
    runbook_url: PAGE.alerts,
  },
  PayscoreSurveyIncomplete: {
    summary: 'Temporal 已有十分钟不给出订单的状况：关于异常、任务和对账日的告警随之失效。',
    do: '看 API 的 /readyz。若为 200，则是 Temporal 的 visibility 缓慢或不可用，或缺少 Search Attribute（运行 migrate）。',
    runbook_url: PAGE.figures,
  },
  WechatpaySilent: {
    summary: '微信支付的应答中，{{ $value | humanizePercentage }} 缺失、出错或不可信。',
    do: '看 Worker 的 /readyz，以及日志“WeChat Pay was called”各行的 code：no_answer 是网络问题，unverified 是密钥或时钟问题，5xx 是微信支付自身的问题。订单会等待并重新查询，不会重复执行任何操作。',
    runbook_url: PAGE.alerts,
  },
  WechatpayOutcomesUnknown: {
    summary: '一刻钟内有 {{ $value | humanize }} 次变更，不知道微信支付是否已执行。',
    do: '不必马上处理：每个订单都会一直查询，直到结果明确。看是否集中在某一个调用、调用是否变慢；另见异常 unresolved。',
    runbook_url: PAGE.alerts,
  },
  WechatpayRefusesOurSignature: {
    summary: '微信支付不接受本系统的签名。',
    do: '核对 WECHATPAY_MCHID、WECHATPAY_SERIAL_NO、私钥和本机时钟，以及证书是否已在商户平台作废。',
    runbook_url: PAGE.keys,
  },
  WechatpayThrottles: {
    summary: '一刻钟内有 {{ $value | humanize }} 次调用，微信支付以过于频繁为由不受理。',
    do: '调低 WECHATPAY_CALLS_PER_SECOND，或向微信支付申请更高的限额。没有任何内容丢失。',
    runbook_url: PAGE.load,
  },
  WechatpayCallbacksUnverified: {
    summary: '一刻钟内有 {{ $value | humanize }} 条回调通知不予采信，原因：{{ $labels.reason }}。',
    do: 'serial 或 signature：将微信支付公钥及其 ID 与商户平台核对。timestamp：校准时钟。若代理的日志显示来源不是微信支付，则是伪造，无需处理。',
    runbook_url: PAGE.strangers,
  },
  WechatpayCallbacksUndecryptable: {
    summary: '微信支付的回调通知解不开。',
    do: 'WECHATPAY_APIV3_KEY_FILE 不对，或商户平台上的密钥已更换。请尽快改正，并把旧密钥设为 WECHATPAY_APIV3_PREVIOUS_KEY_FILE；微信支付会重复通知一天。',
    runbook_url: PAGE.keys,
  },
  WechatpayCallbacksNotTaken: {
    summary: '回调通知无法转交给 Temporal；微信支付会重复通知。',
    do: '看 API 的 /readyz 和 Temporal。',
    runbook_url: PAGE.alerts,
  },
  WechatpayCallbacksMissing: {
    summary: '大多数支付是查单得知的，微信支付的回调通知没有送达。',
    do: '从外部向 WECHATPAY_NOTIFY_URL POST 任意内容（返回 401 才对），再查代理、代理的证书和防火墙。资金无虞，只是用户等得更久。',
    runbook_url: PAGE.alerts,
  },
  PayscoreClockApart: {
    summary:
      '{{ $labels.instance }} 的时钟与 {{ $labels.of }} 的相差 {{ $value | humanizeDuration }}。',
    do: '校准本机时钟，并确保今后一直准（NTP）。相差 300 s 起，微信支付不再接受任何请求。',
    runbook_url: PAGE.watch,
  },
  PayscoreKeyEndsSoon: {
    summary: '证书 {{ $labels.kind }} 将在 {{ $value | humanizeDuration }} 后到期。',
    do: '现在就申请新证书，并按文档更换；商户证书可同时有三张有效。',
    runbook_url: PAGE.keys,
  },
  PayscoreKeyEnds: {
    summary:
      '{{ $labels.kind }} 的最后一张证书将在 {{ $value | humanizeDuration }} 后到期，此后一切停摆。',
    do: '当天更换。若为 wechatpay：设有 WECHATPAY_CERTIFICATES=download 时，新证书本应自动下载，请查明下载为何失败；未设时，把新证书加到 WECHATPAY_CERTIFICATE_FILES。',
    runbook_url: PAGE.keys,
  },
  PayscoreRefundDue: {
    summary: '{{ $value }} 个订单扣了不该扣的款：须退还用户。',
    do: '打开视图“待退款”；各订单的当前详情写明金额。用 POST …/refund-due 退还，最后一笔退还后告警解除。',
    runbook_url: PAGE.views,
  },
  PayscoreRefundsHeld: {
    summary: '{{ $value }} 笔支付的退款到不了用户（{{ $labels.trouble }}）。',
    do: 'refund_not_enough：给商户账户充值，同一笔退款会自动重发。refund_abnormal：用户的银行卡或账户已注销，请在商户平台处理（退款异常处理）。',
    runbook_url: PAGE.views,
  },
  PayscoreUndelivered: {
    summary: '{{ $value }} 个订单或对账日的事件，业务系统三天没有接收。',
    do: '打开视图“事件未送达”；各事件通道写明接收端的应答。接收端恢复后，全部重发（docs/zh/events.md）。',
    runbook_url: PAGE.views,
  },
  PayscoreUndercollected: {
    summary: '一天之内有 {{ $value }} 个订单的实收少于完结金额。',
    do: '打开视图“少收”；逐笔与商户平台核对，差额向微信支付技术支持询问。最后一笔过去一天后，告警解除。',
    runbook_url: PAGE.views,
  },
  PayscoreMisconfigured: {
    summary: '{{ $value }} 个订单因微信支付不接受本系统的请求而停滞，或未能创建。',
    do: '在其中一个订单的当前详情中阅读拒绝信息（视图“卡住”），按其所指修正：密钥、证书序列号、appid、商户权限。之后一小时内自动继续。',
    runbook_url: PAGE.views,
  },
  PayscoreUnresolved: {
    summary: '{{ $value }} 个订单已超过十分钟不知道微信支付是否已执行。',
    do: '打开视图“卡住”，看微信支付如何应答。结果明确之前，不要用任何其他方式扣款、退款或取消。',
    runbook_url: PAGE.views,
  },
  PayscoreAmountRaised: {
    summary: '{{ $value }} 个订单的扣款金额高于约定。',
    do: '询问是谁调低了金额，并在扣款成功之前再调低一次；所用的 Update 见订单的当前详情。',
    runbook_url: PAGE.views,
  },
  PayscoreOperationsRefused: {
    summary: '{{ $value }} 个订单有操作已请求但未执行，且当时无人等待结果。',
    do: '打开视图“操作被拒”；各订单的当前详情写明被拒的是什么、为什么、应改发什么。',
    runbook_url: PAGE.views,
  },
  PayscoreUnclaimedPayment: {
    summary: '有用户为本系统不认识的订单付了款。',
    do: '日志中有其 out_order_no。按文档接管：POST /v1/service-orders/{out_order_no}/adopt。',
    runbook_url: PAGE.unclaimed,
  },
  PayscoreDayUnbalanced: {
    summary: '微信支付的账单与本系统的订单不符。',
    do: '逐条处理当天未处理的差异：GET /v1/reconciliations/{bill_date}/findings.csv；每条都写明处理方法。',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreDayFailed: {
    summary: '有一天未能完成对账。',
    do: '其当前详情（Web UI）写明卡在哪里。解决后重新启动当天的对账；此后一周，每天早上也会自动重试。',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreDayMissing: {
    summary: '最近一个有报告的对账日，已结束 {{ $value | humanizeDuration }}。',
    do: '看 Schedule 是否存在、是否被暂停（GET /v1/reconciliations/schedule；由 migrate 创建），并用 POST /v1/reconciliations 启动缺少的那一天。',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreNeverReconciled: {
    summary: '此处从未有过对账报告。',
    do: '带上微信支付的变量运行 migrate，由它创建每天的 Schedule。',
    runbook_url: PAGE.reconciliation,
  },
  PayscorePaymentsUnnoticed: {
    summary: '{{ $value | humanize }} 笔支付只有账单才发现：回调通知和查单都没有告知。',
    do: '查当天的回调、Worker 和任务失败的订单。订单列在当天的差异中；已自动修复的无需再处理。',
    runbook_url: PAGE.reconciliation,
  },
};
