/** Whether WeChat Pay has anything against this merchant, service and app together: of each pair that is configured. */
import type { Pair } from '../../config/services.ts';
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { refusalIn } from '../../wechatpay/answer.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import type { Calls } from './calls.ts';

type Refused = Parameters<DoctorWords['wechatpay']['service']['refused']>[0][number];

export function serviceCheck(examination: Examination, calls: Calls): Check {
  const { config, words } = examination;
  const { service } = words.wechatpay;
  return {
    id: 'pay-score-service',
    async look() {
      if (config.pairs.length === 0) whyNone(examination);
      const refusals: Refused[] = [];
      for (const pair of config.pairs) {
        const refused = await refusedOf(pair, calls, words.wechatpay);
        if (refused) refusals.push(refused);
      }
      return refusals.length === 0
        ? ok(service.taken(config.pairs))
        : fault(service.refused(refusals));
    },
  };
}

/** @throws {UnansweredError} which says what is missing, or cannot be used */
function whyNone(examination: Examination): void {
  if (examination.config.isSet('WECHATPAY_SERVICES')) needed(examination, 'WECHATPAY_SERVICES');
  needed(examination, 'WECHATPAY_SERVICE_ID');
  needed(examination, 'WECHATPAY_APPID');
}

/** In its words; undefined where it takes the query. */
async function refusedOf(
  pair: Pair,
  calls: Calls,
  words: DoctorWords['wechatpay'],
): Promise<Refused | undefined> {
  const { status, json, unverified } = await calls.answered(() => calls.queryOf(pair));
  if (unverified) throw new UnansweredError(words.unproven);
  if (status === 401 || status === 429 || status >= 500) throw new UnansweredError(words.refused);
  const isNoSuchOrder = status === 404 && /^ORDER_NOT_ ?EXIST$/.test(String(json['code']));
  if (isNoSuchOrder) return undefined;
  const refusal = refusalIn(json, { status, requestId: '' });
  const isSaid = refusal instanceof WechatpayRefusal;
  return { status, pair, words: isSaid ? `${refusal.errorCode} ${refusal.words}` : undefined };
}
