/** Which runs are asked for: each payment of ours is in one time, and what finance lists is found by its attribute. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '@temporalio/client';
import { payingSince, paymentsBetween, waivedBetween } from '../../temporal/payments.ts';
import { EN } from '../../words/en.ts';

const span = { from: new Date('2026-09-30T16:00:00Z'), to: new Date('2026-10-01T16:00:00Z') };
const IN_SPAN = (name: string) =>
  `${name} >= '2026-09-30T16:00:00.000Z' AND ${name} < '2026-10-01T16:00:00.000Z'`;

/** The run of an order that owes money goes on after the order has ended. */
const ENDED = `((${IN_SPAN('PayscoreEndedAt')}) OR (PayscoreEndedAt IS NULL AND ${IN_SPAN('CloseTime')}))`;

/** A Temporal that has nothing, and what it was asked. */
function askedTemporal() {
  const asked: string[] = [];
  const client = {
    options: { namespace: 'n', loadedDataConverter: {} },
    workflow: {
      count: async (query: string) => {
        asked.push(query);
        return { count: 3 };
      },
    },
    workflowService: {
      async listWorkflowExecutions({ query }: { query: string }) {
        asked.push(query);
        return { executions: [], nextPageToken: new Uint8Array() };
      },
    },
  } as unknown as Client;
  return { asked, temporal: { client, mchid: 'm', taskQueue: 'q', words: EN } };
}

async function drained(all: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of all);
}

test('payments of a time are those that WeChat put there, and those without a time that became known there', async () => {
  const { asked, temporal } = askedTemporal();
  await drained(paymentsBetween(temporal, span));
  const [query = ''] = asked;
  assert.ok(query.includes(IN_SPAN('PayscorePaidAt')), query);
  const undated = `PayscorePaidAt IS NULL AND PayscorePaidAmount > 0 AND ${ENDED}`;
  assert.ok(query.includes(`OR (${undated})`), query);
});

test('waivers of a time are of the orders that ended there', async () => {
  const { asked, temporal } = askedTemporal();
  await drained(waivedBetween(temporal, span));
  assert.ok(asked[0]?.endsWith(`PayscoreWaiver IS NOT NULL AND ${ENDED}`), asked[0]);
});

test('what is being charged is counted by when it was completed, or apart where that is not known', async () => {
  const { asked, temporal } = askedTemporal();
  assert.equal(await payingSince(temporal, { to: span.from }), 3);
  assert.equal(await payingSince(temporal, {}), 3);
  assert.ok(asked[0]?.endsWith(`AND PayscoreCompletedAt < '2026-09-30T16:00:00.000Z'`), asked[0]);
  assert.ok(asked[1]?.endsWith('AND PayscoreCompletedAt IS NULL'), asked[1]);
});
