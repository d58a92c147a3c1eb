/** What happened to an order, for people. */
import { fact } from './fact.ts';
import { worded } from '../worded.ts';
import type { Happening } from '../../payscore/order/timeline.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';

type Of<Code extends Happening['code']> = Extract<Happening, { code: Code }>;

const ASIDE: Readonly<Record<NonNullable<Of<'told'>['aside']>, string>> = {
  unclear: 'unclear, not believed',
  only_a_query_settles: 'settled only by a query',
  older: 'older than what is known',
  unwanted: 'not wanted any more',
};

const WORDS: { readonly [Code in Happening['code']]: (event: Of<Code>) => string } = {
  opened: ({ by }) => `opened${byWhom(by)}`,
  taken_up: () => 'taken up from WeChat Pay',
  taken_up_again: () => 'taken up again: WeChat Pay is asked before anything is done',
  answer_too_late: () => 'an answer came too late',
  invited: () => 'the user is invited to authorise',
  invitation_renewed: () => 'the invitation to authorise was renewed',
  withdrawn: () => 'cancelled before it was created',
  given_up: ({ because }) => `given up: ${fact(because)}`,
  ended: ({ phase, because, refusal }) =>
    `${phase}: ${fact(because)}${refusal ? ` (${saidOf(refusal)})` : ''}`,
  never_opened: ({ because }) => `not created: ${fact(because)}`,
  permission: ({ authorization_state }) => `permission: ${authorization_state}`,
  permission_given_later: () =>
    'permission: AVAILABLE, of an authorisation after the user was last here',
  permission_for_nobody: ({ awaitedAt }) =>
    `permission: AVAILABLE, found too late: somebody last waited at ${rfc3339Of(new Date(awaitedAt))}`,
  to_be_asked: ({ because }) => `WeChat Pay is to be asked: ${fact(because)}`,
  told: ({ by, standing, aside }) =>
    `${by}: ${standing}${aside === undefined ? '' : ` (${ASIDE[aside]})`}`,
  total_raised: ({ total_amount, agreed }) =>
    `query: ${fact({ code: 'total_raised', total_amount, agreed })} (asked again)`,
  asked_for: ({ operation, total, by }) =>
    `${operation} asked for${byWhom(by)}${total === undefined ? '' : `: ${total} fen`}`,
  refunded: ({ amount }) => `${amount} fen are back with the user`,
  settled: ({ amount, by }) => `${amount} fen were paid back otherwise${said(by)}`,
  declined: ({ operation, because }) => `${operation} declined: ${fact(because)}`,
  not_carried_out: ({ operation, because }) => `${operation} not carried out: ${fact(because)}`,
  refused: ({ operation, refusal: { code, message, request_id } }) =>
    `${operation} refused: ${code} ${message} (${request_id})`,
  trouble: ({ trouble, because, refusal }) => {
    const why = refusal ? saidOf(refusal) : because && fact(because);
    return `trouble: ${trouble}${why === undefined ? '' : ` (${why})`}`;
  },
};

export function happening(event: Happening): string {
  return worded(WORDS, event);
}

function byWhom(key: string | undefined): string {
  return key === undefined ? '' : ` by ${key}`;
}

function said(by: string | undefined): string {
  return by === undefined ? '' : `, says ${by}`;
}

function saidOf({ code, message, request_id }: NonNullable<Of<'trouble'>['refusal']>): string {
  return `${code} ${message}, ${request_id}`;
}
