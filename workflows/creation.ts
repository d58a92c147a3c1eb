/** The first thing that any order does: asks for the user's permission, and creates the order. */
import { ActivityFailure } from '@temporalio/workflow';
import { ask, take } from './account.ts';
import { createServiceOrder, getPermission } from './activities.ts';
import type { Book } from './book.ts';
import type { Work } from './request.ts';
import { refusalIn, settle } from './settle.ts';
import { judgeCreation } from '../payscore/judgement.ts';
import { createBodyOf } from '../payscore/request-body.ts';

export function creation(book: Book): Work {
  return {
    name: 'create',
    judge: () => ({ kind: 'go' }),
    async perform() {
      const { opening } = book.order;
      if (!(await isAuthorised(book))) return { kind: 'done' };
      const body = createBodyOf(opening);
      const settled = await settle({
        send: () => createServiceOrder(body),
        ask: () => ask(book),
        judge: (said) => judgeCreation(opening, said),
      });
      if (settled.kind === 'refused') return settled;
      if (settled.kind === 'impossible') book.record(settled);
      else await take(book, 'create', settled);
      return { kind: 'done' };
    },
  };
}

/**
 * Whether the user has authorised the service. Before the order ends without that, WeChat is asked whether it exists
 * all the same: a run may take up a number that an earlier run of it created.
 */
async function isAuthorised(book: Book): Promise<boolean> {
  const { service, request } = book.order.opening;
  const { appid, service_id } = service;
  try {
    const { authorization_state } = await getPermission({
      openid: request.openid,
      appid,
      service_id,
    });
    if (authorization_state === 'AVAILABLE') return true;
    await ask(book);
    book.record({ kind: 'unauthorized', authorization_state });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await ask(book);
    book.record({
      kind: 'unreachable',
      explanation: `The user's permission could not be asked for: ${cause?.message ?? 'no answer'}.`,
      refusal: refusalIn(cause),
    });
  }
  return false;
}
