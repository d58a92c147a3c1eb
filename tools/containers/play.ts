/** A command: the compose file in real containers, played as docs/production.md has it, and broken everywhere. */
import { createTable } from './table.ts';
import { checkOut, createHouse } from './house.ts';
import { install, memoryAt } from './scenes/begin.ts';
import { crashEngine, downAndUp, killEach } from './scenes/kills.ts';
import { loseAndRestore } from './scenes/loss.ts';
import { scale } from './scenes/scale.ts';

const table = createTable((line) => process.stdout.write(`${line}\n`));
const folder = process.env['PLAY_FOLDER'] ?? '/tmp/pc/checkout';
const only = process.argv.slice(2);
if (only.length === 0) await checkOut(folder);
const house = await createHouse(folder, process.env);
const scenes: Record<string, () => Promise<void>> = {
  install: () => install(house, table.tell),
  rest: () => memoryAt('at rest', house, table.tell),
  kills: () => killEach(house, table.tell),
  restart: () => downAndUp(house, table.tell),
  crash: () => crashEngine(house, undefined, table.tell),
  scale: () => scale(house, table.tell),
  loss: () => loseAndRestore(house, table.tell),
};
for (const [name, scene] of Object.entries(scenes)) {
  if (only.length === 0 || only.includes(name)) await scene();
}
process.stdout.write(`\n${table.text()}\n`);
