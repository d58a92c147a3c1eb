/** An answer that is cut: the order was created, and nobody was told. */
import type { Stage } from './stage.ts';
import { newPart, open, begin } from './steps.ts';

export async function cutAnswer(stage: Stage): Promise<void> {
  const { say, sources, shop } = stage;
  const part = newPart(stage);
  const { mchid, appid, service_id } = sources.service;
  sources.permissions.authorise({ openid: part.openid, mchid, appid, service_id });
  say(({ steps }) => steps.knownUser);
  stage.strike(part, 'create', 'executed-then-cut', 1);
  say(({ steps }) => steps.willCut);
  const opening = open(stage, part);
  /** Where the opening is refused, that is why nothing is seen. */
  const whileOpening = <T>(seen: Promise<T>) => Promise.race([seen, opening.then(() => seen)]);
  await whileOpening(stage.untilCall(part, 'create', ({ fault }) => fault !== undefined));
  say(({ steps }) => steps.wasCut);
  await whileOpening(stage.untilCall(part, 'query', ({ status }) => status === 200));
  say(({ steps }) => steps.askedCut);
  await opening;
  await begin(stage, part);
  const { ledger } = await stage.untilStanding(part, 'USER_CONFIRM');
  const times = ledger.filter(({ event }) => event === 'created').length;
  say(({ steps }) => steps.once(times));
  const answer = await shop.cancel(part.out_order_no);
  stage.taken(part, 'POST …/cancel', answer);
  await stage.untilStanding(part, 'REVOKED');
  await stage.untilPhase(part, 'cancelled');
  say(({ steps }) => steps.cancelled);
}
