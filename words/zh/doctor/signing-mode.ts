/** With which of its keys WeChat Pay signs, against those that are configured. */
import type { Words } from '../../en.ts';

const USE_PUBLIC_KEY =
  '设置 WECHATPAY_PUBLIC_KEY_ID 和 WECHATPAY_PUBLIC_KEY_FILE：商户平台 → API安全 → 微信支付公钥。';
const DOWNLOAD = '为 Worker 和 API 设置 WECHATPAY_CERTIFICATES=download。';

export const signingMode: Words['doctor']['signingMode'] = {
  untold: { sentence: '微信支付没有说明用哪些密钥签名。', do: '见 their-signature。' },
  noPublicKey: (serial) => ({
    sentence: `微信支付用公钥 ${serial} 签名，而这里没有配置公钥。`,
    do: USE_PUBLIC_KEY,
  }),
  otherPublicKey: (serial, id) => ({
    sentence: `微信支付用 ${serial} 签名，而 WECHATPAY_PUBLIC_KEY_ID 是 ${id}。`,
    do: USE_PUBLIC_KEY,
  }),
  unknownId: (serial, wanted) => ({
    sentence: `请求以 ${wanted} 签名应答，微信支付却用证书 ${serial} 签名：该商户没有这个公钥 ID。`,
    do: `若 API安全 中有微信支付公钥，请复制其 ID；若没有，请去掉 WECHATPAY_PUBLIC_KEY_…。${DOWNLOAD}`,
  }),
  certificatesToo: (id) => ({
    sentence: `微信支付对应答签名用的是 ${id}，但也有平台证书：回调可能用其中任何一种签名。`,
    do: DOWNLOAD,
  }),
  byCertificates: '微信支付用平台证书签名，与配置一致。',
  byPublicKey: (id) => `微信支付只用公钥 ${id} 签名。`,
  byBoth: (id) => `微信支付用公钥 ${id} 签名，在切换到公钥期间也用平台证书签名。`,
};
