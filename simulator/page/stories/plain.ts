/** The plain order. */
import type { Stage } from './stage.ts';
import { giveBack, newPart, openAuthorised, payByItself } from './steps.ts';

export async function plain(stage: Stage): Promise<void> {
  const part = newPart(stage);
  await openAuthorised(stage, part);
  await payByItself(stage, part, await giveBack(stage, part));
}
