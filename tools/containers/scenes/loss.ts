/** The database is lost, and an older one restored: orders that went on, and that were opened, meanwhile are not lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { secondsSince, until } from '../commands.ts';
import { billDateOf, dayBefore } from '../../../payscore/times/bill-date.ts';
import { PROJECT, type House } from '../house.ts';
import { chargedOnce } from '../ledger.ts';
import { openingOf, type Order, type Shop } from '../shop.ts';
import type { Tell } from '../table.ts';

/** Of the order that is being created at the backup; a restore takes about as long. */
const CREATION_SECONDS = 45;
const DATABASE = `${PROJECT}_postgres`;

export async function loseAndRestore(house: House, tell: Tell): Promise<void> {
  // On a day that is over, so that there is a bill of it.
  const bill_date = dayBefore(billDateOf(new Date()));
  const yesterday = new Date(`${bill_date}T12:00:00+08:00`);
  const shop = await house.shop(yesterday);
  await shop.people.setClock({ now: yesterday.toISOString() });

  const many = (count: number) => Promise.all(Array.from({ length: count }, () => shop.serve()));
  const earlierDate = dayBefore(bill_date);
  const earlier = await reconciled(shop, earlierDate);
  const [stays, completed, paid, cancelled] = [
    await many(2),
    await many(2),
    await many(3),
    await many(1),
  ];
  const charging = await many(2);
  for (const order of charging) await shop.complete(order);
  const creating = await stuckInCreation(shop);
  const authorizing = await opensUnauthorised(shop);

  const begin = Date.now();
  await house.type('backup');
  tell('backup, while orders go on', `${secondsSince(begin)} s`);

  for (const order of completed) await shop.complete(order);
  for (const order of paid) await shop.finish(order);
  for (const order of charging) await shop.finish(order);
  for (const order of cancelled) await shop.cancel(order);
  await shop.people.clearFaults();
  await shop.untilPhase(creating.out_order_no, ['in_service']);
  await shop.people.authorise(authorizing.openid);
  await shop.call('POST', `/v1/service-orders/${authorizing.out_order_no}/refresh`);
  await shop.untilPhase(authorizing.out_order_no, ['in_service']);
  const begun = [creating, authorizing];
  const opened = await many(2);
  const openedAndPaid = await many(2);
  for (const order of openedAndPaid) await shop.finish(order);

  await house.compose('down');
  await house.docker('volume', 'rm', DATABASE);
  const restoring = Date.now();
  await house.type('restore');
  tell(
    'restored into an empty installation',
    `${secondsSince(restoring)} s until Temporal is healthy`,
  );

  await house.type('tell');
  await allAre(shop, [...stays, ...begun], 'in_service');
  await allAre(shop, completed, 'paying');
  await allAre(shop, [...paid, ...charging], 'paid');
  await allAre(shop, cancelled, 'cancelled');
  tell('open orders of the backup, once they are told', 'stand where they stand at WeChat Pay');

  for (const order of [...opened, ...openedAndPaid]) {
    const { status } = await shop.call('POST', '/v1/service-orders', openingOf(order));
    if (status >= 400) throw new Error(`${order.out_order_no} opened again: ${status}`);
  }
  await allAre(shop, opened, 'in_service');
  await allAre(shop, openedAndPaid, 'paid');
  tell('orders opened after the backup, opened again', 'are taken up as they are');

  const { body } = await shop.call('GET', `/v1/reconciliations/${earlierDate}`);
  tell('a report of before', `of ${earlierDate}, ${String(earlier['result'])}`, {
    be: 'restored as it was',
    isSo: isDeepStrictEqual(body['report'], earlier),
  });

  await delay(CREATION_SECONDS * 1_000);
  await allAre(shop, begun, 'in_service');
  for (const order of [...stays, ...begun, ...completed, ...opened]) await shop.finish(order);
  const all = [...stays, ...begun, ...completed, ...paid, ...charging, ...opened, ...openedAndPaid];
  await chargedOnce(shop, all);
  await chargedOnce(shop, cancelled, 0);
  tell('charges by WeChat Pay’s ledger', `${all.length} orders once each, the cancelled one never`);

  await shop.people.setClock({ now: new Date().toISOString() });
  const report = await reconciled(shop, bill_date);
  tell(`the bill of ${bill_date}`, String(report['result']), {
    be: 'balanced',
    isSo: report['result'] === 'balanced',
  });
}

/** WeChat Pay does not answer its creation as long as the fault is planned. */
async function stuckInCreation(shop: Shop): Promise<Order> {
  const order = await shop.newOrder();
  const { out_order_no } = order;
  await shop.people.planFault({ call: 'create', fault: 'cut', out_order_no, times: 1_000 });
  const deadlines = { creation_seconds: CREATION_SECONDS };
  await shop.call('POST', '/v1/service-orders', { ...openingOf(order), deadlines });
  await shop.untilPhase(out_order_no, ['creating']);
  return order;
}

async function opensUnauthorised(shop: Shop): Promise<Order> {
  const order = await shop.newOrder();
  await shop.people.revoke(order.openid);
  await shop.call('POST', '/v1/service-orders', openingOf(order));
  await shop.untilPhase(order.out_order_no, ['authorizing']);
  return order;
}

async function allAre(shop: Shop, orders: readonly Order[], phase: string): Promise<void> {
  for (const { out_order_no } of orders) await shop.untilPhase(out_order_no, [phase]);
}

async function reconciled(shop: Shop, bill_date: string): Promise<Record<string, unknown>> {
  await shop.people.setBills({ ready_at: '00:00' });
  await shop.call('POST', '/v1/reconciliations', { bill_date, again: true });
  let report: Record<string, unknown> | undefined;
  await until(`the report of ${bill_date}`, async () => {
    const { body } = await shop.call('GET', `/v1/reconciliations/${bill_date}`);
    if (body['state'] !== 'running') report = body['report'] as Record<string, unknown> | undefined;
    return report !== undefined;
  });
  return report ?? {};
}
