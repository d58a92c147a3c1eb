/** A first-time user: to WeChat's page of authorization and back. */
import type { Stage } from './stage.ts';
import { begin, giveBack, newPart, open, payByItself, untilNotified } from './steps.ts';

export async function firstTime(stage: Stage): Promise<void> {
  const { merchant, shop, say, until } = stage;
  const part = newPart(stage);
  say(({ steps }) => steps.newUser);
  await open(stage, part);
  const token = await until(
    ({ phase }) => phase('authorizing'),
    () => merchant.phases.of(part.out_order_no)?.token,
  );
  say(({ steps }) => steps.invited);
  stage.authorise(token, part.openid);
  say(({ steps }) => steps.authorised);
  await untilNotified(
    stage,
    ({ event_type, resource, state }) =>
      event_type === 'PAYSCORE.USER_OPEN_SERVICE' &&
      resource['openid'] === part.openid &&
      state === 'delivered',
  );
  say(({ steps }) => steps.toldAuthorised);
  const answer = await shop.refresh(part.out_order_no);
  stage.taken(part, 'POST …/refresh', answer);
  say(({ steps }) => steps.back);
  await begin(stage, part);
  await payByItself(stage, part, await giveBack(stage, part));
}
