/** Answers that are true and must not be believed: their signature proves nothing. */
import assert from 'node:assert/strict';
import { createPublicKey, createVerify } from 'node:crypto';
import { test } from 'node:test';
import type { Fault } from '../../simulator/control.ts';
import { open, signedBy, type Got, type Opened } from './merchant.ts';

/** Whether the public key signed this text at any time. */
function isGenuine({ headers }: Got, text: string, { simulator }: Opened): boolean {
  const message = `${headers.get('Wechatpay-Timestamp')}\n${headers.get('Wechatpay-Nonce')}\n${text}\n`;
  const key = createPublicKey(simulator.merchant.public_key);
  const signature = headers.get('Wechatpay-Signature') ?? '';
  return createVerify('sha256').update(message).verify(key, signature, 'base64');
}

const ageOf = ({ headers }: Got) => Date.now() / 1000 - Number(headers.get('Wechatpay-Timestamp'));

const faults: [title: string, fault: Fault, holds: (got: Got, opened: Opened) => boolean][] = [
  [
    'bad-signature answers truly under the signature of other bytes',
    'bad-signature',
    (got, opened) => !isGenuine(got, got.text, opened) && isGenuine(got, `${got.text} `, opened),
  ],
  [
    'signtest answers truly under WECHATPAY/SIGNTEST/, as long as any signature',
    'signtest',
    ({ headers }) =>
      /^WECHATPAY\/SIGNTEST\/[\w+/]{323}==$/.test(headers.get('Wechatpay-Signature') ?? ''),
  ],
  [
    'stale-signature answers truly under a signature that was genuine ten minutes ago',
    'stale-signature',
    (got, opened) => isGenuine(got, got.text, opened) && Math.abs(ageOf(got) - 600) < 30,
  ],
  [
    'foreign-signature answers truly under a known serial whose key did not sign',
    'foreign-signature',
    ({ headers }, { simulator }) =>
      headers.get('Wechatpay-Serial') === simulator.merchant.public_key_id,
  ],
  [
    'unknown-serial answers truly under the serial of a key that nobody has',
    'unknown-serial',
    ({ headers }, { simulator: { merchant } }) =>
      /^[0-9A-F]{40}$/.test(headers.get('Wechatpay-Serial') ?? '') &&
      ![merchant.platform_serial_no, merchant.serial_no].includes(
        headers.get('Wechatpay-Serial') ?? '',
      ),
  ],
];

for (const [title, fault, holds] of faults) {
  test(title, async (t) => {
    const opened = await open(t);
    const { control, create, createBody, query, simulator } = opened;
    for (const call of ['create', 'query'] as const) await control.planFault({ call, fault });
    const got = [await create(createBody('S1')), await query('S1')];
    for (const one of got) {
      assert.deepEqual([one.status, one.json.state], [200, 'DOING']);
      assert.equal(signedBy(one, simulator.merchant), undefined);
      assert.ok(holds(one, opened), JSON.stringify([...one.headers]));
    }
    assert.ok(signedBy(await query('S1'), simulator.merchant));
  });
}

test('signtest never strikes the repetition of a request that it struck, and waits for another', async (t) => {
  const { control, create, createBody, query, simulator } = await open(t);
  await create(createBody('S2'));
  await create(createBody('S3'));
  await control.planFault({ call: 'query', fault: 'signtest', times: 2 });
  const struck = [];
  for (const number of ['S2', 'S2', 'S2', 'S3', 'S3']) {
    struck.push(signedBy(await query(number), simulator.merchant) === undefined);
  }
  assert.deepEqual(struck, [true, false, false, true, false]);
});
