/** The scenes in their order, and the table of what they came to. Run by play.ts, where the published ports are. */
import { once } from 'node:events';
import { createHouse } from './house.ts';
import { install, memoryAt } from './scenes/begin.ts';
import { tryDoors } from './scenes/doors.ts';
import { serveElsewhere } from './scenes/elsewhere.ts';
import { crashEngine, downAndUp, killEach } from './scenes/kills.ts';
import { overload, thousandOrders } from './scenes/load.ts';
import { loseAndRestore } from './scenes/loss.ts';
import { scale } from './scenes/scale.ts';
import { upgrade } from './scenes/upgrade.ts';
import { lookAtWebUi } from './scenes/web-ui.ts';
import { forget, readLogs } from './scenes/words.ts';
import { createTable } from './table.ts';

const [folder = '', ...wanted] = process.argv.slice(2);
const { tell, text, isRight } = createTable((line) => process.stdout.write(`${line}\n`));
const house = await createHouse(folder, process.env);

const SCENES: Readonly<Record<string, () => Promise<void>>> = {
  install: () => install(house, tell),
  words: async () => {
    await readLogs(house, tell);
    await forget(house, tell);
  },
  doors: () => tryDoors(house, tell),
  'web-ui': () => lookAtWebUi(house, process.env, tell),
  rest: () => memoryAt('at rest', house, tell),
  kills: () => killEach(house, tell),
  crash: () => crashEngine(house, crash, tell),
  restart: () => downAndUp(house, tell),
  scale: () => scale(house, tell),
  upgrade: () => upgrade(house, tell),
  loss: () => loseAndRestore(house, tell),
  elsewhere: () => serveElsewhere(house, tell),
  load: () => thousandOrders(house, tell),
  overload: () => overload(house, tell),
};

for (const [name, scene] of Object.entries(SCENES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    await scene();
  } catch (error) {
    // The others are played all the same: each begins from what it finds.
    tell(name, (error as Error).message.split('\n', 1)[0] ?? '', { be: 'played', isSo: false });
    process.stderr.write(`${(error as Error).message}\n`);
  }
}
process.stdout.write(`\n${text()}\n`);
process.exitCode = isRight() ? 0 : 1;
process.disconnect?.();

/** @returns whether the engine was ours to crash */
async function crash(): Promise<boolean> {
  const answer = once(process, 'message');
  process.send?.({ crash: true });
  const [{ isCrashed }] = (await answer) as [{ isCrashed: boolean }];
  return isCrashed;
}
