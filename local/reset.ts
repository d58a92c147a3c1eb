/** The command `npm run reset`: forgets the local stack's orders, keys and logs. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { PORTS, SIMULATOR_FOLDER, STATE_FOLDER } from './stack/settings.ts';
import { answers, urlOf } from './stack/supervised.ts';
import { words } from './stack/words.ts';

if (await answers(urlOf(PORTS.simulator, '/_control/clock'))) {
  console.error(words.reset.runs);
  process.exitCode = 1;
} else if (existsSync(STATE_FOLDER) && !existsSync(SIMULATOR_FOLDER)) {
  console.error(words.reset.notOurs(STATE_FOLDER));
  process.exitCode = 1;
} else {
  await rm(STATE_FOLDER, { recursive: true, force: true });
  console.log(words.reset.forgotten);
}
