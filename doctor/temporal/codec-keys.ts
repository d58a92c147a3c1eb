/** The keys under which Temporal's orders are encrypted: all that are needed are here, and which are not needed any more. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError, warning } from '../finding.ts';
import { missingKeyId, ordersUnder, runsWithoutKey } from '../../temporal/codec/keys-in-use.ts';
import { isUnprepared } from '../../temporal/errors.ts';
import type { Door } from './door.ts';
import type { DailyScheduleLook } from './schedule.ts';

export function codecKeyChecks(
  { values }: DoctorConfig,
  door: Door,
  schedule: DailyScheduleLook,
): Check[] {
  return [
    {
      id: 'codec-keys',
      async look() {
        const { keyIds, keyId } = door.codec();
        const missing = await asked(door, (client) =>
          missingKeyId(client, door.taskQueue(), keyIds),
        );
        if (missing !== undefined) {
          return fault(
            `Orders go on that are encrypted under the codec key ${missing}, which is not here: the worker does not start.`,
            'Add its file to CODEC_KEY_FILES, behind the newest.',
          );
        }
        return values.CODEC_ENCRYPTION === 'off'
          ? warning(
              'CODEC_ENCRYPTION is off: Temporal stores in clear.',
              'See who may read its database.',
            )
          : ok(
              `The codec key ${keyId} encrypts, and no order that goes on needs one that is not here.`,
            );
      },
    },
    {
      id: 'former-codec-keys',
      async look() {
        const [, ...former] = door.codec().keyIds;
        if (former.length === 0) return ok('There is no former codec key.');
        const inSchedule = keyOf((await schedule())?.payloads ?? []);
        const silent = await asked(door, (client) => runsWithoutKey(client, door.taskQueue()));
        const uses = await Promise.all(
          former.map(async (id) => ({
            id,
            orders: await asked(door, (client) => ordersUnder(client, door.taskQueue(), id)),
          })),
        );
        const needed = uses.filter(
          ({ id, orders }) => orders > 0 || id === inSchedule || silent > 0,
        );
        const told = needed.map(({ id, orders }) => {
          const why = id === inSchedule ? 'the daily schedule' : `${orders} orders`;
          return `${id} (${orders === 0 && id !== inSchedule ? 'runs that do not tell their key' : why})`;
        });
        const free = uses.filter((use) => !needed.includes(use)).map(({ id }) => id);
        return ok(
          [
            ...(needed.length > 0 ? [`Still needed: ${told.join(', ')}.`] : []),
            ...(free.length > 0 ? [`Not needed any more: ${free.join(', ')}.`] : []),
          ].join(' '),
          free.length > 0
            ? 'What is not needed may be taken out of CODEC_KEY_FILES once every program has the newest key, and then be deleted.'
            : null,
        );
      },
    },
  ];
}

/** @throws {UnansweredError} where the namespace does not know the attribute by which orders tell their key */
async function asked<T>(door: Door, question: Parameters<typeof door.ask<T>>[0]): Promise<T> {
  try {
    return await door.ask(question);
  } catch (error) {
    if (!isUnprepared(error)) throw error;
    throw new UnansweredError('Orders cannot be asked for their keys.', 'See search-attributes.');
  }
}

function keyOf(payloads: NonNullable<Awaited<ReturnType<DailyScheduleLook>>>['payloads']) {
  const [payload] = payloads;
  return Buffer.from(payload?.metadata?.['encryption-key-id'] ?? []).toString();
}
