/** The keys under which Temporal's orders are encrypted: all that are needed are here, and which are not needed any more. */
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, UnansweredError, warning } from '../finding.ts';
import { missingKeyId, ordersUnder, runsWithoutKey } from '../../temporal/codec/keys-in-use.ts';
import { isUnprepared } from '../../temporal/errors.ts';
import type { Door } from './door.ts';
import type { DailyScheduleLook } from './schedule.ts';

export function codecKeyChecks(
  {
    config: { values },
    words: {
      codecKeys: words,
      report: { space },
    },
  }: Examination,
  door: Door,
  schedule: DailyScheduleLook,
): Check[] {
  const ask = async <T>(question: Parameters<typeof door.ask<T>>[0]) =>
    await asked(door, question, words);
  return [
    {
      id: 'codec-keys',
      async look() {
        const { keyIds, keyId } = door.codec();
        const missing = await ask((client) => missingKeyId(client, door.taskQueue(), keyIds));
        if (missing !== undefined) return fault(words.missing(missing));
        return values.CODEC_ENCRYPTION === 'off' ? warning(words.off) : ok(words.complete(keyId));
      },
    },
    {
      id: 'former-codec-keys',
      async look() {
        const [, ...former] = door.codec().keyIds;
        if (former.length === 0) return ok(words.noFormer);
        const inSchedule = keyOf((await schedule())?.payloads ?? []);
        const silent = await ask((client) => runsWithoutKey(client, door.taskQueue()));
        const uses = await Promise.all(
          former.map(async (id) => ({
            id,
            orders: await ask((client) => ordersUnder(client, door.taskQueue(), id)),
          })),
        );
        const needed = uses.filter(
          ({ id, orders }) => orders > 0 || id === inSchedule || silent > 0,
        );
        const told = needed.map(({ id, orders }) => {
          const by = orders === 0 ? 'untold' : orders;
          return { id, by: id === inSchedule ? 'schedule' : by } as const;
        });
        const free = uses.filter((use) => !needed.includes(use)).map(({ id }) => id);
        return ok(
          [
            ...(needed.length > 0 ? [words.stillNeeded(told)] : []),
            ...(free.length > 0 ? [words.free(free)] : []),
          ].join(space),
          free.length > 0 ? words.freeMayGo : null,
        );
      },
    },
  ];
}

/** @throws {UnansweredError} where the namespace does not know the attribute by which orders tell their key */
async function asked<T>(
  door: Door,
  question: Parameters<typeof door.ask<T>>[0],
  words: DoctorWords['codecKeys'],
): Promise<T> {
  try {
    return await door.ask(question);
  } catch (error) {
    if (!isUnprepared(error)) throw error;
    throw new UnansweredError(words.unasked);
  }
}

function keyOf(payloads: NonNullable<Awaited<ReturnType<DailyScheduleLook>>>['payloads']) {
  const [payload] = payloads;
  return Buffer.from(payload?.metadata?.['encryption-key-id'] ?? []).toString();
}
