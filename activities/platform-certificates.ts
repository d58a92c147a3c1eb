/** WeChat's platform certificates, for processes that cannot download them: they hold no key that signs. */
import type { ToldCertificate } from '../schemas/one-shot.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export function createCertificateActivities(wechatpay: WechatpayClient) {
  return {
    /** 获取商户平台证书; what the worker knows already, when WeChat Pay does not answer. */
    async getPlatformCertificates(): Promise<ToldCertificate[]> {
      await wechatpay.refreshCertificates();
      return wechatpay.platformCertificates().map(({ pem, expires }) => ({
        pem,
        ...(expires && { expires: expires.toISOString() }),
      }));
    },
  };
}
