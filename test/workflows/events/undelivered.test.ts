/** A receiver that is away for longer than three days; time is skipped. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { events, SEARCH_ATTRIBUTES } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { paying } from '../../support/play.ts';
import { answering, TAKE, useReceiver } from '../../support/receiver.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** A stage on which nobody takes anything at first. */
function useAway() {
  const stage = useLongStack({ events: ['paying'] });
  const receiver = useReceiver(stage);
  receiver.behave(answering(500));
  return { stage, receiver };
}

describe('an event that nobody takes for two days', () => {
  const away = useAway();

  it('is still delivered by itself when the receiver is back after two days', async () => {
    const { stage, receiver } = away;
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await stage.pass(2 * DAY);
    const inVain = receiver.of(out_order_no).length;
    assert.ok(inVain > 12 && inVain < 40, `${inVain} attempts in two days`);
    receiver.behave(TAKE);
    await stage.pass(5 * HOUR);
    assert.equal(receiver.of(out_order_no).length, inVain + 1);
    await stage.stack.lane(out_order_no).result();
  });
});

describe('an event that nobody takes for three days', () => {
  const away = useAway();

  it('is parked after three days, in trouble, and the next event tries from the first', async () => {
    const { stage, receiver } = away;
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await stage.pass(3 * DAY + HOUR);
    const trouble = async () =>
      (await stage.stack.lane(out_order_no).describe()).typedSearchAttributes.get(
        SEARCH_ATTRIBUTES.trouble,
      );
    await eventually('parked', async () => (await trouble()) === 'undelivered');
    const { parkedSince, why } = await stage.stack.lane(out_order_no).query(events);
    assert.match(parkedSince ?? '', /\+08:00$/);
    assert.match(why ?? '', /the receiver answered 500/);
    const inVain = receiver.of(out_order_no).length;
    await stage.pass(DAY);
    assert.equal(receiver.of(out_order_no).length, inVain, 'it is not tried any more');

    receiver.behave(TAKE);
    await stage.stack.people.pay(out_order_no);
    const came = await receiver.arrived(out_order_no, inVain + 2);
    assert.deepEqual(
      came.slice(inVain).map(({ type, sequence }) => [type, sequence]),
      [
        ['service_order.paying', 1],
        ['service_order.paid', 2],
      ],
    );
    await stage.stack.lane(out_order_no).result();
    assert.equal(await trouble(), undefined);
  });
});
