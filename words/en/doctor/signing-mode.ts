/** With which of its keys WeChat Pay signs, against those that are configured. */

const USE_PUBLIC_KEY =
  'Set WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY_FILE: 商户平台 → API安全 → 微信支付公钥.';
const DOWNLOAD = 'Set WECHATPAY_CERTIFICATES=download, for worker and API.';

export const signingMode = {
  untold: {
    sentence: 'WeChat Pay does not say with which keys it signs.',
    do: 'See their-signature.',
  },
  noPublicKey: (serial: string) => ({
    sentence: `WeChat Pay signs with the public key ${serial}, and none is configured.`,
    do: USE_PUBLIC_KEY,
  }),
  otherPublicKey: (serial: string, id: string) => ({
    sentence: `WeChat Pay signs with ${serial}, and WECHATPAY_PUBLIC_KEY_ID is ${id}.`,
    do: USE_PUBLIC_KEY,
  }),
  unknownId: (serial: string, wanted: string) => ({
    sentence: `Asked for an answer under ${wanted}, WeChat Pay signs with the certificate ${serial}: it does not know that id for this merchant.`,
    do: `Where API安全 shows a public key, copy its id; where it shows none, take WECHATPAY_PUBLIC_KEY_… out. ${DOWNLOAD}`,
  }),
  certificatesToo: (id: string) => ({
    sentence: `WeChat Pay signs answers with ${id} and has certificates too: callbacks may come under either.`,
    do: DOWNLOAD,
  }),
  byCertificates: 'WeChat Pay signs with certificates, as is configured.',
  byPublicKey: (id: string) => `WeChat Pay signs with the public key ${id} alone.`,
  byBoth: (id: string) =>
    `WeChat Pay signs with the public key ${id} and, on the way to it, with certificates.`,
};
