/** What `npm start` and `npm run demo` tell on the way. Amounts come as money in words. */

const who = {
  business: 'business',
  user: 'user',
  order: 'order',
  event: 'event',
  morning: 'morning',
  bank: 'bank',
  report: 'report',
};
export type Who = keyof typeof who;

const stack = {
  head: 'payscore-orders: WeChat Pay Score orders as durable workflows',
  receiver: (url: string) => `${url}, is told what happens`,
  temporal: (address: string, ui: string | undefined) =>
    `${address}${ui === undefined ? '' : `, web UI ${ui}`}`,
  started: (pid: number, what: string) => `pid ${pid}, ${what}`,
  simulator: (url: string) => `WeChat Pay on this machine, ${url}`,
  worker: 'carries orders out',
  ended: (part: string, how: string) => `the ${part} ended (${how}) and is started again`,
  exit: (code: number | null) => `exit ${code}`,
  startedAgain: (part: string, pid: number) => `${part}, pid ${pid}`,
  complaint: (part: string, message: string, reason: string | undefined) =>
    `${part}: ${message}${reason === undefined ? '' : ` (${reason})`}`,
  failed: (why: string) => `Failed: ${why}`,
};

const servers = {
  downloadCli: (version: string) => `Downloading the Temporal CLI ${version}`,
  buildCli: (version: string) =>
    `Building the Temporal CLI ${version} with Go (3 to 4 minutes, once)`,
  waits: (pid: number | undefined, what: string) =>
    `Waiting for process ${pid ?? 'unknown'}, which is preparing ${what} …`,
  begins: (title: string) => `${title} …`,
  goesOn: (title: string, seconds: string) => `${title}: goes on, ${seconds} s`,
  done: (title: string, seconds: string) => `${title}: done in ${seconds} s`,
  failed: (title: string, seconds: string) => `${title}: failed after ${seconds} s`,
};

const order = {
  answered: (call: string, status: number, phase: string) => `${call} → ${status} ${phase}`,
  completion: (fen: number) => `POST …/complete, ${fen} fen`,
  back: 'POST …/refresh, as the user is back',
  rents: 'rents a power bank; nothing runs, nothing is polled',
  paysUntold: 'pays; the callback is lost, and nobody polls for an hour',
  pays: 'pays; WeChat Pay tells us by a signed and encrypted callback',
  paid: (amount: string, by: 'callback' | 'polling') => `paid: ${amount} by ${by}`,
  unknownUser: 'WeChat Pay knows no authorization of this user, and nothing is created yet',
  jump: (call: string) => `for the front end: ${call}`,
  authorises: 'authorises the service on WeChat’s page, once and for all orders',
  opensService: 'WeChat Pay tells us by a signed and encrypted callback, USER_OPEN_SERVICE',
  wechatSays: (words: string) => `WeChat Pay: ${words}`,
  standing: (words: string, order_id: string) => `WeChat Pay: ${words}, order_id ${order_id}`,
  payment: (transaction_id: string, paid_time: string) =>
    `transaction_id ${transaction_id}, paid_time ${paid_time}`,
  none: 'none',
  takenNot: (why: string) => `not taken (${why}); the same again`,
  nobodyAnswers: 'nobody answers',
};

const crossing = {
  cancels: (fen: number) => `another order, ${fen} fen, is cancelled; the network loses that`,
  paid: (amount: string) => `paid all the same: ${amount} are to be paid back`,
  back: (amount: string, state: string) => `WeChat Pay: ${amount} back to the user, ${state}`,
};

const day = {
  starts: (bill_date: string, status: number) =>
    `POST /v1/reconciliations, ${bill_date} → ${status}; a schedule does it every day`,
  payments: (count: number, amount: string) =>
    `${count} payment${count === 1 ? '' : 's'} of ${amount}`,
  compared: (bill: string, ours: string, agreed: string) =>
    `${bill} in WeChat Pay’s bill, ${ours} by our orders, ${agreed} agree at once`,
  finding: (kind: string, isHealed: boolean, out_order_no: string, cause: string) =>
    `${kind}${isHealed ? ', healed' : ''}: ${out_order_no}. ${cause}`,
  result: (bill_date: string, result: 'balanced' | 'unbalanced') =>
    `the bill of ${bill_date} is ${result}`,
};

const events = {
  verified: 'POST to business code, signed (Standard Webhooks), verified, 204',
  line: (words: readonly string[]) => words.join(', '),
};

const end = {
  paid: 'The order was paid, and its day balances to the fen.',
  paidByBill: 'The order was paid, as the bill said, and its day balances to the fen.',
  brokeOff: (why: string) => `The story broke off: ${why}`,
  staysUp: 'Everything stays up. Play an order yourself:',
  page: (url: string) => `The phone, the desk and six stories, in a browser: ${url}`,
  webUi: (url: string) => `Orders in Temporal's web UI: ${url}`,
  events: 'What business code is told of it (events) is printed here.',
  logs: 'Logs: .local/logs. Orders are there again after a restart; npm run reset forgets them. Ctrl-C ends everything.',
};

/** Why a story breaks off. */
const faults = {
  gaveUp: (call: string, why: string) => `${call}: ${why}, for two minutes`,
  simulatorRefused: (body: string) => `the simulator refused: ${body}`,
  noCallback: 'WeChat Pay’s callback did not come',
  otherPhase: (phase: string, wanted: string) => `the order is ${phase}, not ${wanted}`,
  notSent: 'the cancellation was not sent',
  notPaidBack: 'the user does not have it back',
  untold: (type: string) => `business code was not told ${type}`,
  reported: (days: number) => `the last ${days} days all have a report: npm run reset`,
  unbalanced: (bill_date: string) => `the bill of ${bill_date} does not balance`,
  reconciliationFailed: (why: string) => `the reconciliation failed: ${why}`,
  reconciling: (state: string) => `the reconciliation is still ${state}`,
  notFound: 'the lost payment was not found',
};

const reset = {
  runs: 'The stack is running. End it first, or its state would be written again.',
  notOurs: (folder: string) => `${folder} is not a folder of the local stack; nothing was deleted.`,
  forgotten: 'Forgotten: the orders, keys and logs of the local stack.',
};

export const story = { who, stack, servers, order, crossing, day, events, end, faults, reset };
export type Story = typeof story;
