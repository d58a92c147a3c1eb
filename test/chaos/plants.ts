/** Mistakes that a chaos run must notice: each is a place of the sources changed, or all that guard one promise. */
import type { Change } from '../support/changed-sources.ts';

export const PLANTS = {
  /** A refusal that anybody on the way could have written is taken for WeChat Pay's. */
  'believe-unproven': {
    file: 'wechatpay/classification.ts',
    from: 'if (!proven) return',
    to: 'if (!proven && false) return',
  },
  /** WeChat Pay is told that a payment was taken before Temporal has it. */
  'early-204': {
    file: 'api/notifications/routes.ts',
    from: 'return await relayedPayment(notification, message, facts, deadline);',
    to: `void relayedPayment(notification, message, facts, deadline).catch(() => {}); return { type, result: 'acknowledged', status: 204 };`,
  },
  /** A late attempt can still arrive when another body is sent, or the order is called rejected. */
  impatient: {
    file: 'payscore/times/in-flight.ts',
    from: 'LATE_ARRIVAL_MS = 330_000',
    to: 'LATE_ARRIVAL_MS = 2_000',
  },
  /** A user who has authorised for another order is taken for one who waits for this one. */
  'created-for-nobody': {
    file: 'activities/agreement.ts',
    from: 'wechatpay.getPermissionByAuthorizationCode({ authorization_code, service_id })',
    to: '(void authorization_code, wechatpay.getPermissionByOpenid({ openid, service_id, appid }))',
  },
  /** WeChat Pay's account of before a correction counts after it, and a total above the agreed one is believed at once. */
  'stale-answers': [
    {
      file: 'payscore/order/fold.ts',
      from: 'operations, epoch: order.epoch + 1',
      to: 'operations, epoch: order.epoch',
    },
    {
      file: 'payscore/order/fold-observation.ts',
      from: 'if (isRaised && !hasLastedLong(order.raisedSince, at))',
      to: 'if (false)',
    },
  ],
  /** What is found after its time is cancelled, though it was there before its run was broken off. */
  'too-late-though-there': {
    file: 'payscore/order/order.ts',
    from: '!isCreated || takesUp !== undefined || opening.mayExist === true',
    to: '!isCreated',
  },
  /** Whatever business code answers is taken for its yes. */
  'any-answer-takes': {
    file: 'webhooks/sender.ts',
    from: 'if (status < 200 || status > 299)',
    to: 'if (status < 200)',
  },
  /** A run that takes an order up knows nothing of what business code was told. */
  'told-anew': {
    file: 'temporal/earlier-run.ts',
    from: '...(outbox && { outbox }),',
    to: '...(outbox && {}),',
  },
} as const satisfies Record<string, Change | readonly Change[]>;

export type PlantName = keyof typeof PLANTS;
