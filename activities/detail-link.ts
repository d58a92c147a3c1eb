/** The signed link to WeChat's page of an order. Nothing is sent: the key that signs is all that it takes. */
import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '../payscore/refusals/failure-type.ts';
import type { DetailLinkKey } from '../schemas/one-shot.ts';
import { orderDetailJump, type JumpParameters } from '../wechatpay/jump-parameters.ts';

export type DetailLinkActivities = ReturnType<typeof createDetailLinkActivities>;

export function createDetailLinkActivities(apiV2Key: string | undefined) {
  return {
    /** 跳转支付分订单详情, guide 3.2.15 */
    async signDetailLink(order: DetailLinkKey): Promise<JumpParameters> {
      if (apiV2Key !== undefined) return orderDetailJump(order, apiV2Key, new Date());
      throw ApplicationFailure.create({
        type: 'Misconfigured' satisfies FailureType,
        message:
          'The worker has no APIv2 key, which signs such links: set WECHATPAY_APIV2_KEY_FILE.',
      });
    },
  };
}
