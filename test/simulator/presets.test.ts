/** Presets: all policies on one side at once. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Policies } from '../../simulator/control.ts';
import { Preset, PRESETS } from '../../simulator/presets.ts';
import { newFolder } from './folder.ts';
import { open } from './merchant.ts';

for (const preset of Preset.options) {
  test(`starts with the sides of ${preset}, and what the options say before it`, async (t) => {
    const { control } = await open(t, { preset, policies: { modify_limit: 'once' } });
    const usual = await usualPolicies(t);
    const expected = { ...usual, ...PRESETS[preset], modify_limit: 'once' };
    assert.deepEqual(await control.policies(), expected);
    await control.setPolicies({ create_state: 'CREATED', modify_limit: 'none' });
    assert.deepEqual(await control.resetPolicies(), expected);
    assert.deepEqual(await control.preset(), { preset });
  });
}

test('takes another preset while it runs, and comes back to that one by a reset', async (t) => {
  const { control } = await open(t);
  const usual = await control.policies();
  await control.setPolicies({ sync_notification: 'sent' });
  const strict = { ...usual, ...PRESETS.strict };
  assert.deepEqual(await control.setPreset('strict'), strict);
  await control.setPolicies({ attach_length: 256 });
  assert.deepEqual(await control.resetPolicies(), strict);
  assert.deepEqual(await control.setPreset('usual'), usual);
});

test('remembers a preset and what was changed since, unless another one is asked for', async (t) => {
  const dir = newFolder(t);
  const run = async (
    options: object,
    act: (control: Awaited<ReturnType<typeof open>>['control']) => Promise<unknown>,
  ) => {
    const { simulator, control } = await open(t, { folder: dir, ...options });
    await act(control);
    await simulator.stop();
  };
  const isNow =
    (expected: Partial<Policies>) => async (control: { policies(): Promise<Policies> }) => {
      const policies = await control.policies();
      assert.deepEqual({ ...policies, ...expected }, policies);
    };
  await run({ preset: 'strict' }, (control) => control.setPolicies({ attach_length: 256 }));
  await run({}, isNow({ attach_length: 256, complete_repeat: 'never' }));
  await run({ preset: 'strict' }, isNow({ attach_length: 256, complete_repeat: 'never' }));
  await run({ preset: 'lenient' }, isNow({ attach_length: 256, complete_repeat: 'any' }));
  await run({ preset: 'strict' }, isNow({ attach_length: 200, complete_repeat: 'never' }));
});

test('plays an order from its authorisation to its payment and refund under every preset', async (t) => {
  for (const preset of Preset.options) {
    const opened = await open(t, { preset });
    const { control, serve, beijing, complete, completeBody, query, pass } = opened;
    const { transactions, refund, refundBody, queryRefund } = opened;
    await serve('P1', { notify_url: 'https://127.0.0.1:9/notify' });
    await complete('P1', completeBody({ time_range: { end_time: beijing(-1) } }));
    await control.pay('P1');
    assert.equal((await query('P1')).json.state, 'DONE', preset);
    const [transaction = ''] = await transactions('P1');
    const address = { notify_url: 'https://127.0.0.1:9/notify' };
    await refund(refundBody(transaction, 'P1-1', 800, address));
    pass(60);
    assert.equal((await queryRefund('P1-1')).json.status, 'SUCCESS', preset);
  }
});

test('stands in the document as it is', async () => {
  const page = new URL('../../docs/simulator/policies.md', import.meta.url);
  const rows = (await readFile(page, 'utf8'))
    .split('\n')
    .map((line) => line.split('|').map((it) => it.trim()));
  const head = rows.findIndex((it) => it[2] === 'strict');
  const named = new Set([...Object.keys(PRESETS.strict), ...Object.keys(PRESETS.lenient)]);
  for (const name of named) {
    const key = name as keyof Policies;
    const way = (preset: 'strict' | 'lenient') => {
      const it = PRESETS[preset][key];
      return it === undefined ? '' : `\`${it}\``;
    };
    const row = rows.slice(head).find((it) => it[1] === `\`${name}\``);
    assert.deepEqual(row?.slice(2, 4), [way('strict'), way('lenient')], name);
  }
});

async function usualPolicies(t: Parameters<typeof open>[0]): Promise<Policies> {
  return await (await open(t)).control.policies();
}
