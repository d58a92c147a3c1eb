/** Whether the hosts of WeChat Pay answer at all, whatever they say. */
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, warning } from '../finding.ts';
import { needed } from '../given.ts';
import { TransportError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';

export function reachableChecks(examination: Examination, calls: Calls): Check[] {
  const { wechatpay: words } = examination.words;
  return [
    {
      id: 'wechatpay-reachable',
      async look() {
        const url = needed(examination, 'WECHATPAY_BASE_URL');
        const silence = await silenceOf(calls.query);
        return silence === undefined ? ok(words.answers(url)) : fault(words.silent(url, silence));
      },
    },
    {
      id: 'wechatpay-backup-host',
      async look() {
        if (!calls.backup) return ok(words.noBackup);
        const url = needed(examination, 'WECHATPAY_BACKUP_URL');
        const silence = await silenceOf(calls.backup);
        return silence === undefined ? ok(words.answers(url)) : warning(words.silent(url, silence));
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
