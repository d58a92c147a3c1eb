/** Whether the hosts of WeChat Pay answer at all, whatever they say. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { fault, ok, warning } from '../finding.ts';
import { needed } from '../given.ts';
import { TransportError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';

const OPEN_THE_WAY =
  'Let the worker’s machine out to both hosts of WeChat Pay on port 443, or by WECHATPAY_PROXY_URL.';

export function reachableChecks(config: DoctorConfig, calls: Calls): Check[] {
  return [
    {
      id: 'wechatpay-reachable',
      async look() {
        const url = needed(config, 'WECHATPAY_BASE_URL');
        const silence = await silenceOf(calls.query);
        return silence === undefined
          ? ok(`${url} answers.`)
          : fault(`${url}: ${silence}.`, OPEN_THE_WAY);
      },
    },
    {
      id: 'wechatpay-backup-host',
      async look() {
        if (!calls.backup) return ok('There is no backup host to be tried.');
        const url = needed(config, 'WECHATPAY_BACKUP_URL');
        const silence = await silenceOf(calls.backup);
        return silence === undefined
          ? ok(`${url} answers.`)
          : warning(`${url}: ${silence}.`, OPEN_THE_WAY);
      },
    },
  ];
}

async function silenceOf(call: () => Promise<Heard>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    // Its message has the kind of failure, and nothing of what was sent.
    if (error instanceof TransportError) return error.message;
    throw error;
  }
}
