/** The command `npm run reset`: forgets the local stack's orders, keys and logs. */
import { rm } from 'node:fs/promises';
import { PORTS, STATE_FOLDER } from './settings.ts';
import { answers, urlOf } from './supervised.ts';

if (await answers(urlOf(PORTS.simulator, '/_control/clock'))) {
  console.error('The stack is running. End it first, or its state would be written again.');
  process.exitCode = 1;
} else {
  await rm(STATE_FOLDER, { recursive: true, force: true });
  console.log('Forgotten: the orders, keys and logs of the local stack.');
}
