/** The log of answers: whoever doubts an answer finds its `Request-ID` there, and whether it was signed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { open } from './merchant.ts';

const listening = () => {
  const answers: Record<string, unknown>[] = [];
  const write = (line: string) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    if (entry['msg'] === 'answered') answers.push(entry);
  };
  return { answers, logger: pino({ level: 'info' }, { write }) };
};

for (const [what, isSigned, arrange] of [
  ['an answer', true, () => undefined],
  [
    'an answer during maintenance',
    true,
    ({ control }) => control.beginMaintenance({ seconds: 600, answered: 'signed-503' }),
  ],
  [
    'an unsigned answer during maintenance',
    false,
    ({ control }) => control.beginMaintenance({ seconds: 600, answered: 'json-503' }),
  ],
  [
    'an answer that comes in pieces',
    true,
    ({ control }) => control.planFault({ fault: 'slow-body', delay_seconds: 0 }),
  ],
  [
    'an unsigned refusal',
    false,
    ({ control }) => control.planFault({ fault: 'refused-unsigned', refusal: 'noPermission' }),
  ],
] as [string, boolean, (merchant: Awaited<ReturnType<typeof open>>) => unknown][]) {
  test(`names ${what}`, async (t) => {
    const { answers, logger } = listening();
    const merchant = await open(t, { logger });
    await arrange(merchant);
    const { status, headers } = await merchant.query('L1');
    const request_id = headers.get('Request-ID');
    assert.notEqual(request_id, null);
    const named = answers.filter((it) => it['request_id'] === request_id);
    assert.deepEqual(
      named.map((it) => [it['status'], it['signed']]),
      [[status, isSigned]],
    );
  });
}

test('names an answer to a path that does not exist', async (t) => {
  const { answers, logger } = listening();
  const { send } = await open(t, { logger });
  const { headers } = await send('GET', '/v3/nowhere');
  assert.deepEqual(
    answers.map((it) => [it['request_id'], it['signed']]),
    [[headers.get('Request-ID'), true]],
  );
});
