/** Whether WeChat Pay has anything against this merchant, service and app together. */
import type { DoctorConfig } from '../../config/doctor.ts';
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
      const service = needed(config, 'WECHATPAY_SERVICE_ID');
      const appid = needed(config, 'WECHATPAY_APPID');
      const { status, json, unverified } = await calls.answered(calls.query);
      if (unverified)
        throw new UnansweredError('Who answered is not proven.', 'See their-signature.');
      if (status === 401 || status === 429 || status >= 500) {
        throw new UnansweredError('WeChat Pay does not take our calls.', 'See our-signature.');
      }
      const refusal = refusalIn(json, { status, requestId: '' });
      const isNoSuchOrder = status === 404 && /^ORDER_NOT_ ?EXIST$/.test(String(json['code']));
      if (isNoSuchOrder)
        return ok(`WeChat Pay takes a query for the service ${service} and ${appid}.`);
      const words =
        refusal instanceof WechatpayRefusal ? `: ${refusal.errorCode} ${refusal.words}` : '';
      return fault(
        `WeChat Pay answers ${status} to a query for the service ${service} and ${appid}${words}.`,
        'The service must be this merchant’s, in confirm-free mode, and the appid bound to it (docs/wechatpay.md, before the first order).',
      );
    },
  };
}
