/** The command `npm run chaos`: exits 0 when every order came out right, 1 when not or when the run itself breaks. */
import { once } from 'node:events';
import { runChaos } from './chaos.ts';
import { settingsOf } from './settings.ts';
import { tableOf } from './table.ts';

const settings = settingsOf(process.argv.slice(2));
const say = (line: string) => console.log(line);
say(`chaos: seed ${settings.seed}, ${settings.orders} rentals`);

/** Whatever was started is ended with this process, whatever happens. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  void once(process, signal).then(() => process.exit(130));
}

try {
  const { world, ...result } = await runChaos(settings, say);
  say(`\n${tableOf(result)}`);
  const isRight = result.disagreements.length === 0;
  if (isRight) await world.forget();
  else say(`\nlogs, and the evidence of each disagreement: ${world.folder}`);
  process.exit(isRight ? 0 : 1);
} catch (error) {
  console.error(`the run broke: seed ${settings.seed}`, error);
  process.exit(1);
}
