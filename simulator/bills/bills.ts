/** The merchant's bills: made from the orders and from what was seeded, whenever they are asked for. */
import type { BusinessClock } from '../business-clock.ts';
import type { Collection } from '../journal.ts';
import type { Order, Orders } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import type { Service } from '../service.ts';
import { readyMs } from './bill-day.ts';
import { billFile, type BillLook } from './bill-file.ts';
import { HOLDS, layoutOf, type BillType } from './bill-layout.ts';
import type { BillRow } from './bill-row.ts';
import { DEFAULT_BILL_SETTINGS, type BillSettings } from './bill-settings.ts';
import { chargeRows } from './charge-row.ts';
import { rowsOn } from './day-rows.ts';
import type { Seeded } from './seeded.ts';

export interface Bills {
  settings(): BillSettings;
  configure(settings: BillSettings): void;
  seeded(): readonly Seeded[];
  seed(it: Seeded): void;
  clear(): void;
  /** What WeChat Pay collected first for an order, in fen: what can be refunded; undefined where no bill has it. */
  chargeOf(order: Order): number | undefined;
  /** The file for a day, `yyyyMMdd`; undefined if there is nothing to put in it. */
  file(day: string, type: BillType, unknownColumn?: string): Buffer | undefined;
  /** What the file for a day tells, as far as the day has gone. */
  rows(day: string): readonly BillRow[];
  /** The file of a day without any rows. */
  emptyFile(type: BillType): Buffer;
}

export interface BillsParts {
  readonly service: Service;
  readonly orders: Orders;
  /** Those that the trade bill tells of. */
  readonly refunds: () => Iterable<Refund>;
  readonly settings: Collection<BillSettings>;
  readonly seeded: Collection<readonly Seeded[]>;
}

export function createBills(parts: BillsParts): Bills {
  const { orders, refunds, service } = parts;
  const settings = () => ({ ...DEFAULT_BILL_SETTINGS, ...parts.settings.get('all') });
  const seeded = () => parts.seeded.get('all') ?? [];
  /** The days of which a copy was made: another may be longer. */
  const copied = new Set<string>();

  function rowsOf(day: string, type: BillType): BillRow[] {
    const { jsapi_packet: jsapiPacket, ready_at } = settings();
    const { mchid, appid } = service;
    const of = { refunds: refunds(), madeMs: readyMs(day, ready_at), seeded: seeded() };
    const sources = { ...of, orders: orders.each(), jsapiPacket, mchid, appid };
    return rowsOn(day, sources).filter(HOLDS[type]);
  }

  function lookOf(type: BillType): BillLook {
    const { summary, fee_total_off, ...layout } = settings();
    return { ...layoutOf(type, layout), summary, fee_total_off };
  }

  function isFirstCopy(day: string, type: BillType): boolean {
    const isFirst = !copied.has(`${day} ${type}`);
    copied.add(`${day} ${type}`);
    return isFirst;
  }

  return {
    settings,
    configure(changed) {
      copied.clear();
      parts.settings.put('all', changed);
    },
    seeded,
    seed: (it) => parts.seeded.put('all', [...seeded(), it]),
    clear: () => parts.seeded.put('all', []),
    chargeOf: (order) => chargeRows(order, 'packet')[0]?.order_amount,
    file(day, type, unknownColumn) {
      const rows = rowsOf(day, type);
      const lacksLast = settings().first_copy === 'without-last-row' && isFirstCopy(day, type);
      if (lacksLast) rows.pop();
      if (rows.length === 0) return undefined;
      return billFile(rows, { ...lookOf(type), ...(unknownColumn && { unknownColumn }) });
    },
    rows: (day) => rowsOf(day, 'ALL'),
    emptyFile: (type) => billFile([], lookOf(type)),
  };
}

/** What the calls about bills share. */
export interface BillCallParts {
  readonly bills: Bills;
  readonly clock: BusinessClock;
}
