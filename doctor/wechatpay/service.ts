/** Whether WeChat Pay has anything against this merchant, service and app together: of each pair that is configured. */
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Pair } from '../../config/services.ts';
import type { Check } from '../check.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { refusalIn } from '../../wechatpay/answer.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import type { Calls } from './calls.ts';

export function serviceCheck(config: DoctorConfig, calls: Calls): Check {
  return {
    id: 'pay-score-service',
    async look() {
      if (config.pairs.length === 0) whyNone(config);
      const said: string[] = [];
      for (const pair of config.pairs) {
        const refused = await refusedOf(pair, calls);
        if (refused !== undefined) said.push(refused);
      }
      if (said.length === 0) {
        return ok(`WeChat Pay takes a query for ${config.pairs.map(nameOf).join(', for ')}.`);
      }
      return fault(
        `WeChat Pay answers ${said.join('; ')}.`,
        'The service must be this merchant’s, in confirm-free mode, and the appid bound to it (docs/wechatpay.md, before the first order).',
      );
    },
  };
}

/** @throws {UnansweredError} which says what is missing, or cannot be used */
function whyNone(config: DoctorConfig): void {
  if (config.isSet('WECHATPAY_SERVICES')) needed(config, 'WECHATPAY_SERVICES');
  needed(config, 'WECHATPAY_SERVICE_ID');
  needed(config, 'WECHATPAY_APPID');
}

/** In its words; undefined where it takes the query. */
async function refusedOf(pair: Pair, calls: Calls): Promise<string | undefined> {
  const { status, json, unverified } = await calls.answered(() => calls.queryOf(pair));
  if (unverified) throw new UnansweredError('Who answered is not proven.', 'See their-signature.');
  if (status === 401 || status === 429 || status >= 500) {
    throw new UnansweredError('WeChat Pay does not take our calls.', 'See our-signature.');
  }
  const isNoSuchOrder = status === 404 && /^ORDER_NOT_ ?EXIST$/.test(String(json['code']));
  if (isNoSuchOrder) return undefined;
  const refusal = refusalIn(json, { status, requestId: '' });
  const words =
    refusal instanceof WechatpayRefusal ? `: ${refusal.errorCode} ${refusal.words}` : '';
  return `${status} to a query for ${nameOf(pair)}${words}`;
}

function nameOf({ service_id, appid }: Pair): string {
  return `the service ${service_id} and ${appid}`;
}
