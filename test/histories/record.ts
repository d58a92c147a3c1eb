/** The command `npm run record-histories`: plays every path of an order and writes its history down, to be replayed for ever. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { eventually } from '../support/eventually.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { inService, paying } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** Each plays one order to its end and returns its number. */
const PATHS: Record<string, (stack: Stack) => Promise<string>> = {
  async 'paid-by-callback'(stack) {
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    return out_order_no;
  },
  async 'paid-by-poll'(stack) {
    await stack.people.holdNotifications();
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await stack.run(out_order_no).result();
    await stack.people.releaseNotifications();
    return out_order_no;
  },
  async free(stack) {
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(0));
    return out_order_no;
  },
  async unauthorized(stack) {
    const order = rental();
    await stack.api.open(order);
    return order.out_order_no;
  },
  async rejected(stack) {
    const order = rental({ risk_fund: { amount: 100_001 } });
    await stack.people.authorise(order.openid);
    await stack.api.open(order);
    return order.out_order_no;
  },
  async 'completion-refused'(stack) {
    const { out_order_no } = await inService(stack);
    await stack.api.complete(out_order_no, rentalEnd(100_001), { prefer: 'respond-async' });
    await eventually(
      'the refusal',
      async () => (await stack.api.read(out_order_no)).body.trouble !== undefined,
    );
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },
  async 'unknown-creation'(stack) {
    const order = rental();
    await stack.people.authorise(order.openid);
    await stack.people.planFault({ call: 'create', fault: 'executed-then-500' });
    await stack.api.open(order);
    await delay(2_100);
    await stack.api.complete(order.out_order_no, rentalEnd(500));
    await stack.people.pay(order.out_order_no);
    return order.out_order_no;
  },
  async 'unknown-completion'(stack) {
    const { out_order_no } = await inService(stack);
    await stack.people.planFault({ call: 'complete', fault: 'cut' });
    await stack.api.complete(out_order_no, rentalEnd(500));
    await stack.people.pay(out_order_no);
    return out_order_no;
  },
};

/** Temporal notes which process on which host did what, and where in which file it failed: nobody's business here. */
function withoutMachine(history: string): string {
  return history
    .replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"')
    .replaceAll(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""');
}

const stack = await startStack({ pollDelaysMs: [500] });
const worker = await stack.startWorker();
for (const [name, play] of Object.entries(PATHS)) {
  const out_order_no = await play(stack);
  await stack.run(out_order_no).result();
  const history = historyToJSON(await stack.run(out_order_no).fetchHistory());
  const file = fileURLToPath(new URL(`${name}.json`, import.meta.url));
  await writeFile(file, `${withoutMachine(history)}\n`);
  console.log(name);
}
await worker.stop();
await stack.stop();
