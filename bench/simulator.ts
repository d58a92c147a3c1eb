/**
 * What the simulator holds and how fast it answers: `npm run bench:simulator [orders] [driven]`.
 *
 * One order goes through HTTP from its creation to its acknowledged notification; its journal is then copied under
 * other numbers, as a hundred thousand signatures would take minutes and hold nothing. A simulator in a process of its
 * own starts from that and carries some orders more through HTTP, one after the other, signed and verified.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../simulator/create.ts';
import { copyOrder } from './simulator/copy-order.ts';
import { carryOrder, openReceiver } from './simulator/carry-order.ts';
import { startProcess } from './simulator/process.ts';
import { createReport } from './simulator/report.ts';
import { rsaOfCallMs } from './simulator/rsa.ts';

const [orders = 100_000, driven = 300, pending = 20_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'bench-simulator-'));
const journal = join(folder, 'state.jsonl');
const report = createReport();
const receiver = await openReceiver();

try {
  const first = await startSimulator({ folder });
  await carryOrder(first, 'B0', receiver, () => undefined);
  await first.stop();
  copyOrder(journal, 'B0', orders, pending);
  report.megabytes(
    `journal of ${orders} orders, ${pending} notifications pending`,
    sizeOf(journal),
  );

  const { told, rss, stop } = await startProcess(folder);
  report.milliseconds('start from it', told.startedMs);
  report.megabytes('journal, compacted', sizeOf(journal));
  report.megabytes('RSS after the start', await rss());
  report.milliseconds('RSA of a call: both ends sign and verify', rsaOfCallMs(told.merchant));
  for (let i = 1; i <= driven; i++) await carryOrder(told, `B-${i}`, receiver, report.sample);
  report.samples();
  report.megabytes(`RSS after ${driven} more orders`, await rss());
  report.milliseconds(`end, with ${pending} notifications pending`, await stop());
} finally {
  receiver.close();
  rmSync(folder, { recursive: true });
}

function sizeOf(file: string): number {
  return statSync(file).size;
}
