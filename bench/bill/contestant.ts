/** One contestant over the bill of the bench, in a process of its own: its time, and the most memory it had. */
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import {
  BEGUN_AT,
  BILL_DATE,
  BILL_FILE,
  DIFFERING_FILE,
  MCHID,
  PAYMENTS_FILE,
  type Differing,
} from './day.ts';
import { FORMAT } from '../../reconciliation/bill/lines.ts';
import type { OrderSource, OurPayment } from '../../reconciliation/matching/order-source.ts';
import { reconcile } from '../../reconciliation/reconcile.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { batchesIn } from '../../reconciliation/matching/spool.ts';

export interface Measured {
  readonly rows: number;
  readonly ms: number;
  readonly peakMb: number;
  readonly findings?: DayReport['findings'];
}

const [, , name, folder = ''] = process.argv;
const contestants: Record<string, () => Promise<Pick<Measured, 'rows' | 'findings'>>> = {
  parser: parsed,
  comparison: compared,
};
const begin = performance.now();
const told = await contestants[name ?? '']?.();
if (!told) throw new Error(`no contestant ${name}`);
const measured: Measured = {
  ...told,
  ms: performance.now() - begin,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(measured));

/** The parser as the reader uses it, its records thrown away. */
async function parsed() {
  let rows = 0;
  const bytes = createReadStream(join(folder, BILL_FILE), { highWaterMark: 256 * 1024 });
  await pipeline(bytes, parse(FORMAT), async (records: AsyncIterable<string[]>) => {
    for await (const record of records) rows += Number(record.length > 0);
  });
  return { rows };
}

async function compared() {
  const { report } = await reconcile({
    bill: {
      bill_date: BILL_DATE,
      mchid: MCHID,
      file: { path: join(folder, BILL_FILE), hash_value: '' },
    },
    source: await sourceIn(folder),
    ...{ otherBills: [], unbilledIs: 'missing', whenSilent: 'throw' },
    begunAt: BEGUN_AT,
    folder: await mkdtemp(join(folder, 'work-')),
    watch: () => {},
  });
  return { rows: report.bill.rows, findings: report.findings };
}

/** Ours, given from files. */
async function sourceIn(from: string): Promise<OrderSource> {
  const differing = JSON.parse(await readFile(join(from, DIFFERING_FILE), 'utf8')) as Record<
    string,
    Differing
  >;
  return {
    async *waiversOn() {},
    ask: async () => 'not_found',
    paymentsOn: () => batchesIn<OurPayment>(join(from, PAYMENTS_FILE), 1_000),
    find: async ({ out_order_nos }) =>
      out_order_nos
        .filter((out_order_no) => differing[out_order_no]?.before)
        .map((out_order_no) => ({ out_order_no })),
    async read(out_order_no) {
      const order = differing[out_order_no]?.before;
      if (!order) throw new Error(`${out_order_no} was not to be read`);
      return order;
    },
    heal: async (out_order_no) => differing[out_order_no]?.after ?? 'not_found',
  };
}
