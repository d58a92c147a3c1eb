/** A refund as business code gets it. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { fen, inBeijing, KeyName, time } from './fields.ts';
import { listOf } from './list.ts';
import { Refusal } from './refusal.ts';
import type { RefundRecord } from '../payscore/refunds/refunds.ts';
import type { Words } from '../words/en.ts';

export const PresentedRefund = z
  .object({
    out_refund_no: z.string().meta({
      description:
        'Your number of the refund; of one that was made in the merchant platform, its own.',
      example: 'B20261128',
    }),
    amount: fen('What is paid back.'),
    payer_refund: fen(
      'Of it the user’s own money, where WeChat Pay tells: a coupon goes back in proportion.',
    ).optional(),
    reason: z.string().meta({ description: 'What the user reads.' }).optional(),
    state: z
      .enum([
        ...['waiting', 'unknown', 'not_enough', 'refused'],
        ...['processing', 'success', 'closed', 'abnormal'],
      ] as const)
      .meta({
        description:
          '`waiting`: not sent yet. `unknown`: sent, and what became of it is not known. `not_enough`: the merchant’s account has too ' +
          'little, and the same is sent again. `refused`: by WeChat Pay. `processing`, `success`, `closed`, `abnormal`: its own `status`.',
      }),
    why: z
      .string()
      .meta({ description: 'What stands in its way, in words for people.' })
      .optional(),
    refusal: Refusal.optional(),
    refund_id: z.string().meta({ description: 'WeChat Pay’s number of the refund.' }).optional(),
    received_at: time('When the API took the request.'),
    requested_by: KeyName.optional(),
    success_time: time('When the user had the money.').optional(),
    unknown_since: time('Since when an attempt’s outcome is not known.').optional(),
    is_of_console: z
      .boolean()
      .meta({ description: 'Made in the merchant platform: WeChat Pay told of it.' })
      .optional(),
  })
  .meta({ id: 'Refund', description: 'A refund, and where it stands.' });
export type PresentedRefund = Answer<typeof PresentedRefund>;

export const RefundList = listOf('refunds', PresentedRefund).meta({ id: 'RefundList' });

/** Without what only compares repetitions, or is about what is being sent. */
export function presentedRefund(
  {
    why,
    by,
    receivedAt,
    success_time,
    unknownSince,
    isOfConsole,
    digest: _digest,
    isSending: _isSending,
    sentUntil: _sentUntil,
    ...refund
  }: RefundRecord,
  words: Words,
): PresentedRefund {
  return exactly<PresentedRefund>()({
    ...refund,
    received_at: inBeijing(receivedAt),
    ...(why && { why: words.fact(why) }),
    ...(by !== undefined && { requested_by: by }),
    ...(success_time !== undefined && { success_time: inBeijing(success_time) }),
    ...(unknownSince !== undefined && { unknown_since: inBeijing(unknownSince) }),
    ...(isOfConsole && { is_of_console: true }),
  });
}
