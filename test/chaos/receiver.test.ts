/** The receiver of a chaos run: keeps what is signed, and objects to everything else. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { diceOf } from './dice.ts';
import { drawn, READ, TAKEN, UNREAD } from './reactions.ts';
import { createReceiver, type ChaosReceiver } from './receiver.ts';

const EVENT = {
  type: 'service_order.paid',
  sequence: 1,
  timestamp: 'then',
  data: { phase: 'paid' },
};

describe('the receiver of a chaos run', () => {
  let folder: string;
  let receiver: ChaosReceiver;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-receiver-'));
    receiver = await createReceiver({ folder, seed: 1, rate: 0 });
  });
  afterEach(async () => {
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  /** @param count of its secrets */
  async function signed(body: string, count: number): Promise<Record<string, string>> {
    const at = new Date();
    const signatures = receiver.secretFiles.slice(0, count).map(async (file) => {
      const secret = (await readFile(file, 'utf8')).trim();
      return new Webhook(secret).sign('E1', at, body);
    });
    return {
      'webhook-id': 'E1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': (await Promise.all(signatures)).join(' '),
    };
  }

  const post = async (body: string, headers: Record<string, string>, path = '') =>
    (await fetch(receiver.url + path, { method: 'POST', body, headers })).status;

  it('keeps what whoever has either of its secrets can verify', async () => {
    const body = JSON.stringify(EVENT);
    await post(body, await signed(body, 2));
    assert.deepEqual(receiver.objections, []);
    const [{ at: _at, ...kept } = assert.fail()] = receiver.deliveries;
    assert.deepEqual(kept, { id: 'E1', ...EVENT, reaction: 'taken' });
  });

  for (const [what, count, change, path] of [
    ['what is not signed', 0, '', ''],
    ['what is signed with one secret alone', 1, '', ''],
    ['what was changed on its way', 2, ' ', ''],
    ['a redirection that was followed', 2, '', '/elsewhere'],
  ] as const) {
    it(`objects to ${what}`, async () => {
      const body = JSON.stringify(EVENT);
      await post(body + change, await signed(body, count), path);
      assert.equal(receiver.objections.length, 1);
    });
  }

  it('objects to what names a person', async () => {
    const body = JSON.stringify({ ...EVENT, data: { openid: `oChaos${'0'.repeat(22)}` } });
    await post(body, await signed(body, 2));
    assert.match(receiver.objections.join(), /names a person/);
  });

  it('is away while it is killed, and there again at the same address', async () => {
    await receiver.part.kill();
    await assert.rejects(post('{}', {}));
    await receiver.part.start();
    assert.ok((await post('{}', {})) < 300);
  });

  it('takes all when it is mended', async () => {
    await receiver.stop();
    receiver = await createReceiver({ folder, seed: 1, rate: 1 });
    receiver.mend();
    await post('{}', {});
    assert.deepEqual(receiver.reactions, { [TAKEN]: 1 });
  });
});

describe('what chance has it do', () => {
  it('is everything, where it takes nothing simply', () => {
    const dice = diceOf(1, 'reactions');
    const seen = new Set(Array.from({ length: 300 }, () => drawn(dice, 1)));
    const all = [...Object.keys(UNREAD), ...Object.keys(READ)].filter((name) => name !== TAKEN);
    assert.deepEqual([...seen].toSorted(), all.toSorted());
  });

  it('is to take it, at a rate of nothing', () => {
    const dice = diceOf(1, 'reactions');
    assert.ok(Array.from({ length: 100 }, () => drawn(dice, 0)).every((drew) => drew === TAKEN));
  });
});
