/** The command `npm run reset`: forgets the local stack's orders, keys and logs. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { PORTS, SIMULATOR_FOLDER, STATE_FOLDER } from './stack/settings.ts';
import { answers, urlOf } from './stack/supervised.ts';

if (await answers(urlOf(PORTS.simulator, '/_control/clock'))) {
  console.error('The stack is running. End it first, or its state would be written again.');
  process.exitCode = 1;
} else if (existsSync(STATE_FOLDER) && !existsSync(SIMULATOR_FOLDER)) {
  console.error(`${STATE_FOLDER} is not a folder of the local stack; nothing was deleted.`);
  process.exitCode = 1;
} else {
  await rm(STATE_FOLDER, { recursive: true, force: true });
  console.log('Forgotten: the orders, keys and logs of the local stack.');
}
