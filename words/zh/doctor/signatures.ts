/** Both signatures: ours as WeChat Pay takes it, and its own. */
import type { Words } from '../../en.ts';

const WHO_ANSWERS = '检查在 WECHATPAY_BASE_URL 应答的是谁';

export const signatures: Words['doctor']['signatures'] = {
  ours: {
    taken: '微信支付接受用该私钥和序列号签名的请求。',
    refused: (code) => ({
      sentence: `微信支付不认可我方签名：返回 ${code}。`,
      do: 'WECHATPAY_MCHID、WECHATPAY_SERIAL_NO 与私钥必须对应同一张有效的证书：商户平台 → 账户中心 → API安全。',
    }),
    unsure: (status) => ({ sentence: `微信支付返回 ${status}。`, do: '过一会儿再运行一次。' }),
  },
  theirs: {
    proven: (serial) => `应答经验证来自微信支付，所用密钥为 ${serial}。`,
    unsigned: (status, why) => ({
      sentence: `应答没有有效的签名头（HTTP ${status}；${why}）。`,
      do: `${WHO_ANSWERS}：途中的代理必须把所有 Wechatpay-… 头原样传过来。`,
    }),
    ofAnotherTime: (why) => ({
      sentence: `应答的签名时间不对（${why}）。`,
      do: `${WHO_ANSWERS}。`,
    }),
    wrong: (serial) => ({
      sentence: `应答用 ${serial} 签名，而我方持有的该密钥验签不通过。`,
      do: '重新获取 pub_key.pem 或证书：商户平台 → 账户中心 → API安全。',
    }),
    unknownKey: (serial) => ({
      sentence: `应答用 ${serial} 签名，而这里没有配置该密钥。`,
      do: '见 signing-mode。',
    }),
    noneDownloaded: {
      sentence: '未能下载任何平台证书。',
      do: '见 signing-mode 和 our-signature。',
    },
    byCertificate: {
      sentence: '应答用平台证书签名，而持有微信支付公钥时，只凭公钥采信新证书。',
      do: '见 signing-mode。',
    },
    unopened: { sentence: '微信支付列出的平台证书解不开。', do: '见 apiv3-key。' },
  },
};
