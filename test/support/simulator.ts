/**
 * The simulator of a test. Where WeChat Pay's documents differ, or leave something open, a run of tests says which side it
 * takes, for tests that say nothing: `WECHAT_PRESET=strict npm test`, `WECHAT_POLICIES='{"never_authorised":"UNAVAILABLE"}'`.
 */
import { testCredentials } from './credentials.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/create.ts';

/** No test has a certificate for the address at which it hears WeChat Pay: not every preset would let it. */
const RECEIVERS_ON_HTTP = { notify_url_scheme: 'http_or_https' } as const;

export async function startTestSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { WECHAT_PRESET, WECHAT_POLICIES = '{}' } = process.env;
  const policies = JSON.parse(WECHAT_POLICIES) as SimulatorOptions['policies'];
  return await startSimulator({
    ...(options.folder === undefined && { credentials: await testCredentials() }),
    ...(WECHAT_PRESET && { preset: WECHAT_PRESET as SimulatorOptions['preset'] }),
    ...options,
    policies: { ...RECEIVERS_ON_HTTP, ...policies, ...options.policies },
  });
}
