/** What alerts say: what is the matter, what to do now, and where the documents say more. Prometheus puts the values in. */

export interface AlertWords {
  readonly summary: string;
  readonly do: string;
  readonly runbook_url: string;
}

/** Where the documents say more. */
const PAGE = {
  alerts: 'docs/operations.md#alerts',
  load: 'docs/operations.md#when-more-is-asked-than-can-be-served',
  views: 'docs/operations.md#queries-worth-saving',
  figures: 'docs/operations.md#figures',
  watch: 'docs/operations.md#what-to-watch',
  strangers: 'docs/operations.md#what-strangers-get',
  unclaimed: 'docs/operations.md#callbacks-that-nobody-claims',
  keys: 'docs/wechatpay.md#which-signing-mode-is-yours',
  reconciliation: 'docs/reconciliation.md',
};

export const alerts = {
  PayscoreWorkerDown: {
    summary: 'No worker answers. Orders are taken, and wait.',
    do: 'See why the worker ended (its log, the state of its machine) and start it. Nothing is lost meanwhile; while none runs, openings get 503.',
    runbook_url: PAGE.alerts,
  },
  PayscoreApiDown: {
    summary:
      'No API answers. Business code cannot open or complete orders, and callbacks do not arrive.',
    do: 'See why the API ended and start it. WeChat Pay repeats its callbacks, and orders ask by themselves, so that payments are found later.',
    runbook_url: PAGE.alerts,
  },
  PayscoreNoWorkerTakesTasks: {
    summary: 'Orders have waited for a worker for {{ $value | humanizeDuration }}.',
    do: 'See the worker’s /readyz and its log: it may not reach Temporal, lack a codec key, or be overloaded. Where it is only busy, run another one (WORKER_REPLICAS).',
    runbook_url: PAGE.load,
  },
  PayscoreCallsWait: {
    summary: 'Calls of WeChat Pay have waited for their turn for {{ $value | humanizeDuration }}.',
    do: 'After an outage it passes by itself. Otherwise see whether WeChat Pay is slow, or WECHATPAY_CALLS_PER_SECOND too low: ask WeChat Pay for more first.',
    runbook_url: PAGE.load,
  },
  PayscoreTasksFail: {
    summary: 'The tasks of {{ $value }} open workflows fail again and again. They stand still.',
    do: 'Open the view “a mistake in this code” and read the failure. With UnreadablePayloadError a codec key is missing; otherwise roll the worker back to the release before. They go on by themselves when it is mended.',
    runbook_url: PAGE.views,
  },
  PayscorePayloadsUnreadable: {
    summary: 'What Temporal stores cannot be opened, {{ $value | humanize }} times in ten minutes.',
    do: 'The log names the key’s id. Add its file to CODEC_KEY_FILES of every program, behind the newest, and restart. Nothing is lost.',
    runbook_url: PAGE.alerts,
  },
  PayscoreSurveyIncomplete: {
    summary:
      'For ten minutes Temporal has not told how orders stand; alerts about troubles, tasks and days are blind.',
    do: 'See the API’s /readyz. Where that is 200, Temporal’s visibility is slow or down, or lacks a search attribute (run migrate).',
    runbook_url: PAGE.figures,
  },
  WechatpaySilent: {
    summary:
      'Of WeChat Pay’s answers {{ $value | humanizePercentage }} are missing, errors, or not to be believed.',
    do: 'See the worker’s /readyz and the code in the lines “WeChat Pay was called”: no_answer is the network, unverified our keys or clock, 5xx WeChat Pay. Orders wait, ask again, and do nothing twice.',
    runbook_url: PAGE.alerts,
  },
  WechatpayOutcomesUnknown: {
    summary:
      'Of {{ $value | humanize }} changes in a quarter of an hour it is not known whether WeChat Pay made them.',
    do: 'Nothing at once: each order asks until it knows. Look whether it is one call alone, and whether calls take long; see the trouble unresolved.',
    runbook_url: PAGE.alerts,
  },
  WechatpayRefusesOurSignature: {
    summary: 'WeChat Pay does not accept our signature.',
    do: 'Check WECHATPAY_MCHID, WECHATPAY_SERIAL_NO, the private key and the machine’s clock, and whether the certificate was withdrawn in the merchant platform.',
    runbook_url: PAGE.keys,
  },
  WechatpayThrottles: {
    summary:
      'WeChat Pay has answered {{ $value | humanize }} calls in a quarter of an hour that there are too many.',
    do: 'Lower WECHATPAY_CALLS_PER_SECOND, or ask WeChat Pay for a higher limit. Nothing is lost.',
    runbook_url: PAGE.load,
  },
  WechatpayCallbacksUnverified: {
    summary:
      '{{ $value | humanize }} callbacks in a quarter of an hour were not believed, for {{ $labels.reason }}.',
    do: 'serial or signature: compare WeChat Pay’s public key and its id with the merchant platform. timestamp: set the clock right. If the proxy’s log shows other senders than WeChat Pay, they are forgeries, and nothing is to be done.',
    runbook_url: PAGE.strangers,
  },
  WechatpayCallbacksUndecryptable: {
    summary: 'Callbacks of WeChat Pay cannot be opened.',
    do: 'WECHATPAY_APIV3_KEY_FILE is wrong, or the key was changed in the merchant platform. Set it right soon, with the old one as WECHATPAY_APIV3_PREVIOUS_KEY_FILE; WeChat Pay repeats for a day.',
    runbook_url: PAGE.keys,
  },
  WechatpayCallbacksNotTaken: {
    summary: 'Callbacks cannot be passed on to Temporal; WeChat Pay repeats them.',
    do: 'See the API’s /readyz and Temporal.',
    runbook_url: PAGE.alerts,
  },
  WechatpayCallbacksMissing: {
    summary: 'Most payments are found by asking. WeChat Pay’s callbacks do not arrive.',
    do: 'Post something to WECHATPAY_NOTIFY_URL from outside (401 is right), and look at the proxy, its certificate and the firewall. Money is safe, users wait longer.',
    runbook_url: PAGE.alerts,
  },
  PayscoreClockApart: {
    summary:
      'The clock of {{ $labels.instance }} is {{ $value | humanizeDuration }} apart from that of {{ $labels.of }}.',
    do: 'Set the machine’s clock right and see that it is kept right (NTP). From 300 s on WeChat Pay takes nothing any more.',
    runbook_url: PAGE.watch,
  },
  PayscoreKeyEndsSoon: {
    summary: 'The certificate {{ $labels.kind }} ends in {{ $value | humanizeDuration }}.',
    do: 'Apply for the new one now and change it as the page says; three of the merchant’s may be valid at a time.',
    runbook_url: PAGE.keys,
  },
  PayscoreKeyEnds: {
    summary:
      'The last certificate {{ $labels.kind }} ends in {{ $value | humanizeDuration }}. Then nothing goes any more.',
    do: 'Change it today. For wechatpay: with WECHATPAY_CERTIFICATES=download the successor should have come by itself, so see why the download fails; without it, put the new certificate into WECHATPAY_CERTIFICATE_FILES.',
    runbook_url: PAGE.keys,
  },
  PayscoreRefundDue: {
    summary:
      '{{ $value }} orders were charged though they should not have been: money must go back to users.',
    do: 'Open the view “refund due”; each order’s details say how much. POST …/refund-due pays it back, and the alert ends with the last one.',
    runbook_url: PAGE.views,
  },
  PayscoreRefundsHeld: {
    summary:
      'The refunds of {{ $value }} payments do not reach their users ({{ $labels.trouble }}).',
    do: 'refund_not_enough: top up the merchant’s account; the same refund is sent again by itself. refund_abnormal: the user’s card or account is closed; settle it in the merchant platform (退款异常处理).',
    runbook_url: PAGE.views,
  },
  PayscoreUndelivered: {
    summary:
      '{{ $value }} orders or days have events that business code has not taken for three days.',
    do: 'Open the view “undelivered”; its lanes say what the receiver answers. When it is back, have them all sent again (docs/events.md).',
    runbook_url: PAGE.views,
  },
  PayscoreUndercollected: {
    summary:
      'Of {{ $value }} orders less was collected within a day than they were completed with.',
    do: 'Open the view “undercollected”; compare each with the merchant platform, and ask WeChat Pay’s support about the rest. The alert ends a day after the last one.',
    runbook_url: PAGE.views,
  },
  PayscoreMisconfigured: {
    summary:
      '{{ $value }} orders stand still, or were not opened, because WeChat Pay does not accept our calls.',
    do: 'Read the refusal in the details of one of them (view “stuck”) and mend what it names: keys, serial, appid, rights of the merchant. They go on within the hour.',
    runbook_url: PAGE.views,
  },
  PayscoreUnresolved: {
    summary:
      'Of {{ $value }} orders it has not been known for more than ten minutes what WeChat Pay did.',
    do: 'Open the view “stuck” and see what WeChat Pay answers. Until it is known, do not charge, refund or cancel in any other way.',
    runbook_url: PAGE.views,
  },
  PayscoreAmountRaised: {
    summary: '{{ $value }} orders are being charged more than was agreed.',
    do: 'Ask whoever lowered the amount, and lower it again before it is charged; the order’s details have the update.',
    runbook_url: PAGE.views,
  },
  PayscoreOperationsRefused: {
    summary:
      'Something was asked for and not done for {{ $value }} orders, and nobody waited for the answer.',
    do: 'Open the view “refused”; each order’s details say what was refused, why, and what to send instead.',
    runbook_url: PAGE.views,
  },
  PayscoreUnclaimedPayment: {
    summary: 'A user has paid for an order that nobody here knows.',
    do: 'The log has its out_order_no. Take it up, POST /v1/service-orders/{out_order_no}/adopt, as the page says.',
    runbook_url: PAGE.unclaimed,
  },
  PayscoreDayUnbalanced: {
    summary: 'WeChat Pay’s bill and our orders do not agree.',
    do: 'Go through the open findings of the day, GET /v1/reconciliations/{bill_date}/findings.csv; each says what helps.',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreDayFailed: {
    summary: 'A day could not be reconciled.',
    do: 'Its details in the web UI say what stood in the way. Set it right and start the day again; the next mornings try by themselves, for a week.',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreDayMissing: {
    summary: 'The last day that has a report ended {{ $value | humanizeDuration }} ago.',
    do: 'See whether the schedule is there and not paused (GET /v1/reconciliations/schedule; migrate makes it), and start the missing day by POST /v1/reconciliations.',
    runbook_url: PAGE.reconciliation,
  },
  PayscoreNeverReconciled: {
    summary: 'No day has ever been reconciled here.',
    do: 'Run migrate with the variables of WeChat Pay, which makes the daily schedule.',
    runbook_url: PAGE.reconciliation,
  },
  PayscorePaymentsUnnoticed: {
    summary:
      '{{ $value | humanize }} payments were found by the bill alone: neither a callback nor a question had told of them.',
    do: 'Look at the callbacks, at the workers of that day and at orders whose tasks fail. The findings of the day name the orders; healed ones need nothing more.',
    runbook_url: PAGE.reconciliation,
  },
} satisfies Readonly<Record<string, AlertWords>>;
