/** The merchant's bills: made from the orders and from what was planted, whenever they are asked for. */
import type { BusinessClock } from '../business-clock.ts';
import type { Collection } from '../journal.ts';
import type { Order, Orders } from '../orders/order.ts';
import type { Service } from '../service.ts';
import { billFile } from './bill-file.ts';
import { HOLDS, type BillType } from './bill-layout.ts';
import { DEFAULT_BILL_SETTINGS, type BillSettings } from './bill-settings.ts';
import { chargeRow } from './charge-row.ts';
import { rowsOn } from './day-rows.ts';
import type { Planted } from './planted.ts';

export interface Bills {
  settings(): BillSettings;
  configure(settings: BillSettings): void;
  planted(): readonly Planted[];
  plant(it: Planted): void;
  clear(): void;
  /** What WeChat Pay collected for an order, in fen; undefined where no bill has it. */
  chargeOf(order: Order): number | undefined;
  /** The file for a day, `yyyyMMdd`; undefined if there is nothing to put in it. */
  file(day: string, type: BillType, unknownColumn?: string): Buffer | undefined;
  /** The file of a day without any rows. */
  emptyFile(type: BillType): Buffer;
}

export interface BillsParts {
  readonly service: Service;
  readonly orders: Orders;
  readonly settings: Collection<BillSettings>;
  readonly planted: Collection<readonly Planted[]>;
}

export function createBills(parts: BillsParts): Bills {
  const { orders, service } = parts;
  const settings = () => parts.settings.get('all') ?? DEFAULT_BILL_SETTINGS;
  const planted = () => parts.planted.get('all') ?? [];

  return {
    settings,
    configure: (changed) => parts.settings.put('all', changed),
    planted,
    plant: (it) => parts.planted.put('all', [...planted(), it]),
    clear: () => parts.planted.put('all', []),
    chargeOf: (order) => chargeRow(order, 'packet')?.order_amount,
    file(day, type, unknownColumn) {
      const { jsapi_packet: jsapiPacket, summary } = settings();
      const { mchid, appid } = service;
      const sources = { orders: orders.each(), planted: planted(), jsapiPacket, mchid, appid };
      const rows = rowsOn(day, sources).filter(HOLDS[type]);
      if (rows.length === 0) return undefined;
      return billFile(rows, { type, summary, ...(unknownColumn && { unknownColumn }) });
    },
    emptyFile: (type) => billFile([], { type, summary: settings().summary }),
  };
}

/** What the calls about bills share. */
export interface BillCallParts {
  readonly bills: Bills;
  readonly clock: BusinessClock;
}
