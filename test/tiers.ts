/** Tests by what they need: every room of `test/` is in one of them. */

export const TIERS = {
  /** No server, and no more than half a minute. */
  unit: [
    'answers',
    'config',
    'histories',
    'payscore',
    'process',
    'reconciliation',
    'schemas',
    'webhooks',
    'wechatpay',
    'words',
  ],
  /** WeChat Pay on this machine, and those who speak to it. */
  simulator: ['guide', 'interop', 'simulator'],
  /** A Temporal server, the worker and the API in the test's own process. */
  flows: [
    'activities',
    'api',
    'doctor',
    'never-authorised',
    'page',
    'properties',
    'strict',
    'temporal',
    'workflows',
  ],
  /** Programs as processes of their own, killed and started; and the tools. */
  slow: ['chaos', 'local', 'stories', 'toolchain', 'tools', 'worker'],
} as const;
export type Tier = keyof typeof TIERS;

/** `test/payscore/order/fold.test.ts` is in the room `payscore`. */
export function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

export function tierOf(file: string): Tier | undefined {
  const tiers = Object.keys(TIERS) as Tier[];
  return tiers.find((tier) => (TIERS[tier] as readonly string[]).includes(roomOf(file)));
}
