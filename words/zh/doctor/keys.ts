/** Keys: the merchant's own, WeChat Pay's, and the APIv3 key. */
import type { Words } from '../../en.ts';

const BELONG =
  '请使用同一次申请的证书、私钥和序列号：商户平台 → 账户中心 → API安全 → 商户API证书。';

export const keys: Words['doctor']['keys'] = {
  merchant: {
    otherKey: { sentence: '私钥与商户证书不匹配。', do: BELONG },
    otherSerial: (own, serial) => ({
      sentence: `证书的序列号是 ${own}，而 WECHATPAY_SERIAL_NO 是 ${serial}。`,
      do: BELONG,
    }),
    belong: (serial) => `私钥、证书与序列号 ${serial} 互相匹配。`,
    noCertificate: {
      sentence: '这里没有商户证书：它是否与私钥匹配、何时到期，都无从得知。',
      do: '把 apiclient_cert.pem 放在私钥旁边，或用 WECHATPAY_MERCHANT_CERTIFICATE_FILE 指定。',
    },
    certificate: '商户证书',
    renewal: '申请下一张证书，然后同时更换 WECHATPAY_SERIAL_NO 和私钥。',
  },
  wechatpay: {
    held: (id) => `持有微信支付公钥 ${id}。`,
    endless: '它没有到期日。',
    downloaded: (count, day) => `已下载 ${count} 张平台证书，最新一张有效期至 ${day}。`,
    lastOfFiles: 'WECHATPAY_CERTIFICATE_FILES 中最后到期的证书',
    renewal: '设置 WECHATPAY_CERTIFICATES=download，或取得下一张平台证书。',
    none: { sentence: '未持有任何微信支付的密钥。', do: '见 apiv3-key 和 signing-mode。' },
  },
  apiV3: {
    opens: (count) => `APIv3 密钥能解开微信支付加密的内容：${count} 张平台证书。`,
    opensNot: {
      sentence: 'APIv3 密钥解不开微信支付加密的内容：任何回调都无法读取。',
      do: 'WECHATPAY_APIV3_KEY_FILE 必须是在 API安全 → APIv3密钥 设置的密钥，它与 APIv2 密钥不同。',
    },
    nothingToOpen: {
      sentence: '微信支付没有该商户的平台证书，也没有其他可供索取的加密内容。',
      do: '请与 API安全 → APIv3密钥 中设置的值核对。第一次回调即可验证：API 的 wechatpay_undecryptable_total 必须保持为 0。',
    },
    unproven: { sentence: '应答未能验证为来自微信支付。', do: '见 their-signature。' },
    noFormer: '没有旧的 APIv3 密钥。',
    formerUntil: (day) => `旧的 APIv3 密钥使用到 ${day} 为止。`,
    formerEnded: (day) => ({
      sentence: `旧的 APIv3 密钥自 ${day} 起不再使用。`,
      do: '去掉 WECHATPAY_APIV3_PREVIOUS_KEY_FILE 和 …_UNTIL，并删除该文件。',
    }),
  },
};
