/** The order as business code gets it: facts in words, and without what only compares repetitions. */
import { authorizationJump } from '../wechatpay/jump-parameters.ts';
import type { Fact } from '../payscore/order/fact.ts';
import type { OrderView } from '../payscore/order/view.ts';
import { wordsOf } from '../payscore/words/fact.ts';
import { happeningWordsOf } from '../payscore/words/timeline.ts';

export type PresentedOrder = ReturnType<typeof presented>;

/** With the parameters that lead the user to WeChat. */
export function presented({
  invitation,
  operations,
  timeline,
  explanation,
  unresolved,
  giving_up,
  unread_notifications: _unread,
  outbox: _outbox,
  ended_before: _endedBefore,
  ...order
}: OrderView) {
  return {
    ...order,
    ...inWords({ explanation, unresolved, giving_up }),
    ...(invitation && {
      authorization: { ...invitation, jump: authorizationJump(invitation.apply_permissions_token) },
    }),
    operations: operations.map(({ digest: _digest, rule, ...told }) => ({
      ...told,
      ...inWords({ rule }),
    })),
    timeline: timeline.map(({ at, event }) => ({ at, event: happeningWordsOf(event) })),
  };
}

function inWords<Name extends string>(facts: Readonly<Record<Name, Fact | undefined>>) {
  const words = Object.entries<Fact | undefined>(facts).flatMap(([name, fact]) =>
    fact ? [[name, wordsOf(fact)] as const] : [],
  );
  return Object.fromEntries(words) as { readonly [It in Name]?: string };
}
