/** What the stories tell while they happen. Amounts are texts such as ¥3.00. */

export const stories = {
  heading: 'Stories',
  intro:
    'One click plays a story through WeChat Pay, our API and its workflows. What happens is told here while it happens; each ends by itself, within a minute or two, and leaves nothing behind but its order.',
  play: 'Play',
  playing: 'Is being played',
  busy: 'Another story is being played: it ends within a minute or two.',
  began: 'The story begins.',
  nothingYet: 'No story has been played yet.',
  order: 'Its order',
  onPhone: 'on the phone',
  onDesk: 'on the desk',
  seconds: (seconds: string) => `${seconds} s`,
  brokeOff: (why: string) => `The story broke off: ${why}`,
  notWithin: (what: string, seconds: number) =>
    `${what} did not come within ${seconds} s. Look at the order on the desk: its calls, its notifications, and its workflow in Temporal's web UI; the logs of npm start are in .local/logs.`,
  unbalanced: (day: string) =>
    `The bill of ${day} does not balance. GET /v1/reconciliations/${day} says why.`,
  noReport: (day: string) =>
    `The reconciliation of ${day} has failed: there is no report. GET /v1/reconciliations/${day} says why.`,
  allReported: (days: number) =>
    `The last ${days} days all have a report: there is none left to be reconciled for the first time.`,
  refused: (what: string, why: string) => `${what} was refused: ${why}`,
  names: {
    plain: 'The plain order',
    'first-time': 'A first-time user',
    'lost-callback': 'The lost callback',
    'cut-answer': 'An answer that is cut',
    crossing: 'A payment crosses a cancellation',
    morning: 'The morning’s reconciliation',
  },
  about: {
    plain: 'Rented, brought back, charged by WeChat Pay, and told by a callback.',
    'first-time': 'Nobody has authorised yet: WeChat’s page first, and the order afterwards.',
    'lost-callback':
      'WeChat Pay charges and every callback is lost. Who notices? It waits for the next look, a minute by default.',
    'cut-answer':
      'The order is created, but the answer never comes. Is there one order, none, two?',
    crossing: 'What is being cancelled is charged all the same, and the user has the money back.',
    morning:
      'A day passes, WeChat’s bill comes, and is compared to the fen. The one clock of WeChat Pay is set back for it: orders of others live by that too.',
  },
  waits: {
    phase: (phase: string) => `Our phase ${phase}`,
    state: (state: string) => `WeChat’s state ${state}`,
    callback: 'The callback',
    event: (type: string) => `The event ${type}`,
    call: (call: string) => `The call ${call}`,
    refund: 'The refund',
    report: 'The report of the day',
  },
  steps: {
    knownUser: 'A user who has authorised the service before scans the code of a power bank.',
    newUser: 'A user comes for the first time: WeChat Pay knows no authorization.',
    rented: (status: number, phase: string) =>
      `The merchant’s backend asks our API, POST /v1/service-orders: ${status}, ${phase}.`,
    invited:
      'Our API hands out what opens WeChat’s page (wxpayScoreEnable); nothing has been created yet.',
    authorised: 'The user presses 同意并开通: AVAILABLE, once and for all orders.',
    toldAuthorised: 'WeChat Pay tells us by a signed callback, PAYSCORE.USER_OPEN_SERVICE.',
    back: 'The user is back on the merchant’s page, and the backend says so: POST …/refresh.',
    created: 'WeChat Pay has the order: DOING / USER_CONFIRM. No deposit was paid.',
    givenBack: (amount: string) =>
      `The user brings it back. The backend asks POST …/complete for ${amount}; WeChat Pay begins to charge.`,
    charged: (amount: string) => `WeChat Pay charges ${amount} by itself.`,
    toldPaid: (attempts: number) =>
      `It tells us by a signed and encrypted callback, PAYSCORE.USER_PAID; our API has verified it (attempt ${attempts}).`,
    paid: 'The workflow has it: our order is paid.',
    event: (type: string) => `The merchant’s own system was told: ${type}, signed and verified.`,
    willLose: 'From now on the network loses every callback about this order.',
    lost: 'The callback was lost; WeChat Pay believes that it was sent. Now the workflow’s next look is waited for: after about a minute, or as POLL_DELAYS says.',
    asked:
      'The workflow has asked by itself, GET /v3/payscore/serviceorder: DONE / USER_PAID, nobody had to tell it.',
    willCut: 'The next answer to a creation will be cut, after it was executed.',
    wasCut: 'WeChat Pay created the order, and the connection was cut: our side cannot know.',
    askedCut: 'Unknown is not failed: the workflow asked WeChat Pay, and found the order.',
    once: (times: number) =>
      `The ledger has the creation ${times === 1 ? 'exactly once' : `${times} times`}.`,
    cancelled: 'So that nothing is left open, the order is cancelled: REVOKED.',
    willCutCancel: 'From now on nothing arrives of what we send about this order.',
    cancelSent: 'The merchant cancels it; the call is sent again and again, and lost each time.',
    crossed: (amount: string) =>
      `WeChat Pay, which knows of no cancellation, charges ${amount}: the callback arrives.`,
    refundDue: (amount: string) =>
      `Our order is paid in spite of the cancellation, with the trouble refund_due: ${amount}.`,
    paysBack: 'The network is whole again. The merchant presses: POST …/refund-due.',
    refunded: (amount: string) => `WeChat Pay has paid ${amount} back: nothing is due any more.`,
    yesterday: (day: string) =>
      `WeChat Pay’s business clock is set to ${day}: an order is to be paid on a day that is over.`,
    today: 'The clock goes forward to today: WeChat Pay makes the bill of that day.',
    reconciling: (day: string) =>
      `The morning: POST /v1/reconciliations of ${day}, as a schedule does every day.`,
    report: (payments: number, amount: string, result: string) =>
      `The report: ${payments} payment${payments === 1 ? '' : 's'} of ${amount} in WeChat’s bill; it is ${result}.`,
  },
  ends: {
    plain: 'Shown: an order through its life. It cost no polling, and the money was charged once.',
    'first-time':
      'Shown: the authorization comes first, by callback and by asking; the order begins afterwards by itself.',
    'lost-callback':
      'Shown: a callback is quicker, but nothing depends on it. Polling found the payment.',
    'cut-answer':
      'Shown: after an unknown outcome WeChat Pay is asked first, and nothing is created twice.',
    crossing:
      'Shown: money that crossed a cancellation is not lost sight of, until it is paid back.',
    morning: 'Shown: the day balances to the fen, by WeChat’s own bill.',
  },
};
