/** How WeChat Pay tells of an order: in one of the shapes that documents, samples and merchants know. */
import type { Telling } from '../../simulator/control.ts';
import type { Dice } from './dice.ts';

const TOLD_ODDLY = 0.35;

/** @param isInParts so that the first part alone would be believed to be all */
export function tellingOf(dice: Dice, isInParts: boolean): Telling | undefined {
  if (!dice.chance(TOLD_ODDLY)) return undefined;
  const some = <T extends Telling>(ways: readonly T[]): T | undefined =>
    dice.chance(0.35) ? dice.pick(ways) : undefined;
  return {
    ...some([
      { details: 'absent' },
      { details: 'empty' },
      isInParts ? {} : { details: 'object' },
      { details: 'flat' },
      { collection: 'absent' },
    ]),
    ...some([
      { promotion_detail: 'in_collection' },
      { promotion_detail: 'in_order' },
      { promotion_detail: 'object' },
    ]),
    ...some([{ paid_time: 'beijing8' }, { paid_time: 'rfc3339' }, { paid_time: 'absent' }]),
    ...some([{ bank_type: null }, { bank_type: '' }, { bank_type: 'CMB_CREDIT' }]),
    ...some([{ post_payments: 'object' }]),
    ...some([{ amounts: 'text' }]),
  };
}

/** Without these nobody can know who has paid, or whether: whoever is told so must ask until more is told. */
export function saysTooLittle({ details = 'list', collection = 'told' }: Telling): boolean {
  return collection === 'absent' || ['absent', 'empty', 'flat'].includes(details);
}
