/** The order as business code gets it. */
import { authorizationJump } from '../../wechatpay/jump-parameters.ts';
import type { OrderView } from '../../payscore/view.ts';

/** With the parameters that lead the user to WeChat, and without what only compares repetitions. */
export function presented({
  invitation,
  operations,
  unread_notifications: _unread,
  ended_before: _endedBefore,
  ...order
}: OrderView) {
  return {
    ...order,
    ...(invitation && {
      authorization: { ...invitation, jump: authorizationJump(invitation.apply_permissions_token) },
    }),
    operations: operations.map(({ digest: _digest, ...told }) => told),
  };
}
