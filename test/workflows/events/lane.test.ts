/** How events reach a receiver that is slow, wrong, or away. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { events, EVENTS, published, resendRequested } from '../../../workflows/contract.ts';
import { textIn } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { rentalEnd } from '../../support/orders.ts';
import { inService, paying } from '../../support/play.ts';
import { reset } from '../../support/reset.ts';
import { answering, TAKE, useReceiver, type Behaviour } from '../../support/receiver.ts';
import { runsOf } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';

describe('a lane of events', () => {
  const stage = useStack({ events: ['paying'] });
  const receiver = useReceiver(stage, { receiverTimeoutMs: 500, deliveryDelaysMs: [50, 200] });
  beforeEach(() => receiver.behave(TAKE));
  const lane = (out_order_no: string) => stage.stack.lane(out_order_no);

  const refusals: readonly (readonly [string, Behaviour])[] = [
    ['answers 500', answering(500)],
    ['answers 410', answering(410)],
    ['sends elsewhere', answering(307, { location: 'http://127.0.0.1:1/elsewhere' })],
    ['hangs up', (_event, response) => void response.socket?.destroy()],
    ['never answers', () => undefined],
  ];
  describe(
    'delivers again what is not taken, in the order of what happened, by a receiver',
    { concurrency: 5 },
    () => {
      for (const [what, behaviour] of refusals) {
        it(`that ${what}`, async () => {
          const { out_order_no: other } = await paying(stage.stack);
          await receiver.arrived(other, 1);
          const { out_order_no } = await inService(stage.stack);
          receiver.behaveAbout(out_order_no, async (event, response, attempt) => {
            const isTaken = event.sequence > 1 || attempt > 2;
            await (isTaken ? TAKE : behaviour)(event, response, attempt);
          });
          await stage.stack.api.complete(out_order_no, rentalEnd(500));
          await stage.stack.people.pay(out_order_no);
          // It waits for nobody.
          await stage.stack.run(out_order_no).result();
          await stage.stack.people.pay(other);
          await receiver.arrived(other, 2);
          const came = await receiver.arrived(out_order_no, 4);
          assert.deepEqual(
            came.map(({ sequence }) => sequence),
            [1, 1, 1, 2],
          );
          assert.equal(new Set(came.map(({ id }) => id)).size, 2);
          await lane(out_order_no).result();
        });
      }
    },
  );

  it('takes the head of an answer whose body never ends', async () => {
    receiver.behave((_event, response) => void response.writeHead(200).write('…'));
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await lane(out_order_no).result();
    assert.equal(receiver.of(out_order_no).length, 1);
  });

  it('adds nothing to its history while the receiver is away, and shows what it answers', async () => {
    receiver.behave(answering(503));
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 3);
    const written = (await lane(out_order_no).fetchHistory()).events?.length;
    await receiver.arrived(out_order_no, 6);
    const { events: now = [] } = await lane(out_order_no).fetchHistory();
    assert.equal(now?.length, written);
    const { raw } = await lane(out_order_no).describe();
    const failure = await textIn(raw.pendingActivities?.[0]?.lastFailure);
    assert.match(failure, /the receiver answered 503/);
    assert.doesNotMatch(failure, /kept-secret|token/);
    receiver.behave(TAKE);
    await lane(out_order_no).result();
    const history = await textIn((await lane(out_order_no).fetchHistory()).events);
    assert.doesNotMatch(history, /kept-secret|whsec_/);
  });

  it('outlives its worker, and goes on where it was', async () => {
    receiver.behave(answering(500));
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await stage.stopWorker();
    receiver.behave(TAKE);
    await receiver.startWorker();
    const came = await receiver.arrived(out_order_no, 2);
    assert.equal(new Set(came.map(({ id }) => id)).size, 1);
    await lane(out_order_no).result();
  });

  it('is not parked by who asks for it while an attempt is under way', async () => {
    receiver.behave(() => undefined);
    const { out_order_no } = await paying(stage.stack);
    const [event] = await receiver.arrived(out_order_no, 1);
    await lane(out_order_no).signal(resendRequested, undefined);
    await receiver.arrived(out_order_no, 2);
    const { parkedSince } = await lane(out_order_no).query(events);
    assert.equal(parkedSince, undefined);
    receiver.behave(TAKE);
    await lane(out_order_no).result();
    assert.equal(receiver.of(out_order_no).at(-1)?.id, event?.id);
  });

  it('takes nothing for an event that is none, or of another lane', async () => {
    receiver.behave(answering(500));
    const { out_order_no } = await paying(stage.stack);
    const [event] = await receiver.arrived(out_order_no, 1);
    const whole = (await lane(out_order_no).query(events)).waiting[0]!;
    const odd = [
      { ...whole, data: null },
      { ...whole, id: 'x' },
      { ...whole, id: event!.id.replace(out_order_no, 'OTHER') },
    ];
    for (const one of odd) await lane(out_order_no).signal(resendRequested, one as never);
    await lane(out_order_no).signal(published, 'nothing' as never);
    receiver.behave(TAKE);
    await lane(out_order_no).result();
    assert.deepEqual([...new Set(receiver.of(out_order_no).map(({ id }) => id))], [event!.id]);
  });

  it('is told by its query, and by its result when it is drained', async () => {
    receiver.behave(answering(500));
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    const { waiting } = await lane(out_order_no).query(events);
    assert.deepEqual(
      waiting.map(({ type }) => type),
      ['service_order.paying'],
    );
    receiver.behave(TAKE);
    const { delivered } = await lane(out_order_no).result();
    assert.deepEqual(
      delivered.map(({ type }) => type),
      ['service_order.paying'],
    );
  });

  it('is told by a run that takes the order up what the run before had not told, and no more', async () => {
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await stage.stack.run(out_order_no).terminate('by mistake');
    await stage.stack.api.adopt(out_order_no);
    await stage.stack.people.pay(out_order_no);
    const came = await receiver.arrived(out_order_no, 2);
    await stage.stack.run(out_order_no).result();
    assert.deepEqual(
      came.map(({ type, sequence }) => [type, sequence]),
      [
        ['service_order.paying', 1],
        ['service_order.paid', 2],
      ],
    );
  });

  it('gives no id a second time to what happens after a Reset', async () => {
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    const { events: history } = await stage.stack.run(out_order_no).fetchHistory();
    const first = history?.find((event) => event.workflowTaskCompletedEventAttributes);
    await reset(stage.stack, out_order_no, first);
    await stage.stack.people.pay(out_order_no);
    await eventually('the end', async () => {
      const { body } = await stage.stack.api.read(out_order_no);
      return body.phase === 'paid';
    });
    const came = await receiver.arrived(out_order_no, 2);
    assert.deepEqual(
      came.map(({ type, sequence }) => [type, sequence]),
      [
        ['service_order.paying', 1],
        ['service_order.paid', 2],
      ],
    );
    assert.equal(new Set(came.map(({ id }) => id)).size, 2);
  });

  it('is a run of its own for each order', async () => {
    const { out_order_no } = await paying(stage.stack);
    await receiver.arrived(out_order_no, 1);
    await eventually('its run', async () => {
      const runs = await runsOf(stage.stack, `WorkflowType = '${EVENTS}'`);
      return runs.some(({ workflowId }) => workflowId.endsWith(`/${out_order_no}`));
    });
  });
});
