/** What is weighed against the present code on one of each: another server, more processes, other settings, other shapes of an order. */
import type { Change } from '../../test/support/changed-sources.ts';
import type { Store } from '../orders/server.ts';

export interface Variant {
  readonly changes?: readonly Change[];
  /** In memory unless given. */
  readonly store?: Store;
  readonly workers?: number;
  readonly apis?: number;
}

const settings = (options: string): Variant => ({
  changes: [
    {
      file: 'worker/create.ts',
      from: 'shutdownGraceTime: GRACE_MS,',
      to: `${options}, shutdownGraceTime: GRACE_MS,`,
    },
  ],
});

const AUTOSCALING = "{ type: 'autoscaling' as const }";
const most = (maximum: number) => `{ type: 'simple-maximum' as const, maximum: ${maximum} }`;

export const VARIANTS: Readonly<Record<string, Variant>> = {
  postgres: { store: 'postgres' },
  'postgres-two-of-each': { store: 'postgres', workers: 2, apis: 2 },

  'few-slots': settings(
    'maxConcurrentWorkflowTaskExecutions: 10, maxConcurrentActivityTaskExecutions: 20',
  ),
  // What the SDK's documentation tells of its own best run.
  'many-slots': settings(
    `maxConcurrentWorkflowTaskExecutions: 120, workflowTaskPollerBehavior: ${most(60)}`,
  ),
  'few-pollers': settings(
    `workflowTaskPollerBehavior: ${most(3)}, activityTaskPollerBehavior: ${most(2)}`,
  ),
  'autoscaling-pollers': settings(
    `workflowTaskPollerBehavior: ${AUTOSCALING}, activityTaskPollerBehavior: ${AUTOSCALING}`,
  ),
  // Less than are at work at once.
  'small-cache': settings('maxCachedWorkflows: 10'),
  'own-contexts': settings('reuseV8Context: false'),

  /** Where the user has authorised, as all have here: two calls of WeChat Pay in one attempt of one activity. */
  'one-activity': {
    changes: [
      {
        file: 'workflows/service-order/authorization.ts',
        from: '  const permission = await untilAnswered(\n    state,\n',
        to: `  if (Date.now() > 0) {
    record(state, 'openid', { authorization_state: 'AVAILABLE' });
    return true;
  }
  const permission = await untilAnswered(
    state,
`,
      },
      {
        file: 'activities/service-order.ts',
        from: 'return await sent(ServiceOrder, wechatpay.createServiceOrder(',
        to: `const { openid, service_id, appid } = body as unknown as User;
      const { authorization_state } = await readPermission(wechatpay, { openid, service_id, appid });
      if (authorization_state !== 'AVAILABLE') throw new Error(authorization_state);
      return await sent(ServiceOrder, wechatpay.createServiceOrder(`,
      },
    ],
  },
};
