/** Asks WeChat until its account tells whether a call was applied. */
import { ask, pause } from './account.ts';
import { getServiceOrder, getServiceOrderInTime } from './activities.ts';
import type { Book } from './book.ts';
import type { Judgement } from '../payscore/judgement.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export interface Question {
  judge(said: ServiceOrder | null): Judgement;
  /** An attempt may have been executed, so nothing but WeChat's account counts. */
  readonly isDoubtful: boolean;
  /** WeChat has said yes, so an account that does not show it yet is old. */
  readonly isTaken?: boolean;
}

export type Found =
  | { readonly kind: 'applied'; readonly by: 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'not_applied' }
  | { readonly kind: 'impossible'; readonly rule: string }
  | { readonly kind: 'unwanted'; readonly rule: string };

export async function askUntilClear(book: Book, question: Question): Promise<Found> {
  for (let round = 1; ; round++) {
    // Who has had no answer for 10 minutes goes before whoever asks later.
    const get = round === 1 ? getServiceOrderInTime : getServiceOrder;
    const found = await answerTo(book, question, get);
    if (found) return found;
    await pause(round, 'before WeChat Pay is asked again');
  }
}

async function answerTo(
  book: Book,
  question: Question,
  get: typeof getServiceOrder,
): Promise<Found | undefined> {
  const { judge, isDoubtful, isTaken = false } = question;
  const account = await ask(book, get);
  switch (account.kind) {
    case 'misconfigured':
    case 'silent':
    case 'behind':
      return undefined;
    case 'refused':
      // Who may not even ask was refused for the same reason; only a doubt makes us insist.
      return isDoubtful || isTaken ? undefined : { kind: 'not_applied' };
    case 'none':
    case 'told': {
      const said = account.kind === 'told' ? account.said : null;
      const judgement = judge(said);
      switch (judgement.kind) {
        case 'applied':
          return said ? { kind: 'applied', by: 'query', said } : undefined;
        case 'not_applied':
          return isTaken ? undefined : judgement;
        case 'impossible':
        case 'unwanted':
          return judgement;
        case 'unclear':
          return undefined;
      }
    }
  }
}
