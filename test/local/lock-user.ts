/** A process that takes a lock and writes down when: `lock-user.ts <lock> <journal> <ms>`. */
import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../local/stack/lock.ts';

const [lock = '', journal = '', ms = ''] = process.argv.slice(2);

await withLock(
  lock,
  async () => {
    await appendFile(journal, 'in\n');
    console.log('in');
    await sleep(Number(ms));
    await appendFile(journal, 'out\n');
  },
  (pid) => console.log(`waits for ${pid}`),
);
