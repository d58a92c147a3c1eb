/** Mistakes that a chaos run must notice: each is one place of the sources changed. */
import type { Change } from '../support/changed-sources.ts';

export const PLANTS = {
  /** A refusal that anybody on the way could have written is taken for WeChat Pay's. */
  'believe-unproven': {
    file: 'wechatpay/classification.ts',
    from: '!(error instanceof WechatpayRefusal) || !error.proven',
    to: '!(error instanceof WechatpayRefusal)',
  },
  /** WeChat Pay is told that a payment was taken before Temporal has it. */
  'early-204': {
    file: 'api/notifications.ts',
    from: 'await relay(notification, response, moment);',
    to: 'response.status(204).end(); await relay(notification, response, moment).catch(() => {});',
  },
  /** A late attempt can still arrive when another body is sent, or the order is called rejected. */
  impatient: {
    file: 'payscore/fold-operation.ts',
    from: 'STRAGGLER_MS = 330_000',
    to: 'STRAGGLER_MS = 2_000',
  },
} as const satisfies Record<string, Change>;

export type PlantName = keyof typeof PLANTS;
