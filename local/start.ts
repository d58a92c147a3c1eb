/** The command `npm start`: the stack, one order's story, and then everything stays up to be played with. */
import { withStack } from './stack/command.ts';
import type { Stack } from './stack/stack.ts';
import { newUser } from './story/order.ts';
import { bad, good, link, print, strong } from './stack/terminal.ts';
import { words } from './stack/words.ts';
import { tellWholeStory } from './story/whole.ts';

/** Of the story, and whom one can go on with afterwards. */
const openid = newUser();

const exitCode = await withStack(async (stack) => {
  try {
    await tellWholeStory(stack, { isPaymentLost: false, openid });
    print();
    print(good(words.end.paid));
  } catch (error) {
    // The stack stays up: that is where one looks for the reason.
    print(bad(words.end.brokeOff(error instanceof Error ? error.message : String(error))));
  }
  invite(stack);
  await new Promise(() => {});
});
// Everything has ended in order; a story that was cut short may still be waiting for an answer.
process.exit(exitCode);

function invite({ apiUrl, simulatorUrl, uiUrl }: Stack): void {
  const json = `-H 'content-type: application/json'`;
  const lines = [
    '',
    strong(words.end.staysUp),
    '',
    `  N=MY$(date +%s)`,
    `  curl ${apiUrl}/v1/service-orders ${json} -d '{"out_order_no":"'$N'","openid":"${openid}","service_introduction":"自行车","risk_fund":{"amount":2000}}'`,
    `  curl ${apiUrl}/v1/service-orders/$N/complete ${json} -d '{"post_payments":[{"name":"骑行费","amount":150}],"total_amount":150}'`,
    `  curl -X POST ${simulatorUrl}/_control/orders/$N/pay`,
    `  curl ${apiUrl}/v1/service-orders/$N`,
    '',
    words.end.page(link(simulatorUrl)),
    ...(uiUrl === undefined ? [] : [words.end.webUi(link(uiUrl))]),
    words.end.events,
    words.end.logs,
  ];
  for (const line of lines) print(line);
}
