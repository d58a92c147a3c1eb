/** The address at which WeChat Pay calls back, and its certificate. */
import type { Words } from '../../en.ts';

const LET_IN =
  '把该地址通到 API，请求头和请求体保持原样，前面不能加登录验证（docs/zh/wechatpay.md）。若本机访问不到自己的公网地址，请从外面访问：curl -X POST。';
const SEE = '见 callback-address。';

export const callback: Words['doctor']['callback'] = {
  ours: (url) => `本系统的 API 在 ${url} 应答，没有签名的一律不接受。`,
  somebodyElse: (url, status) => ({
    sentence: `在 ${url} 应答的不是本系统的 API，HTTP ${status}：微信支付的回调到不了 API。`,
    do: LET_IN,
  }),
  silent: (url, why) => ({ sentence: `${url} 没有应答：${why}。`, do: LET_IN }),
  nothingWithin: (seconds) => `${seconds} 秒内没有任何内容`,
  plain: '回调走明文 HTTP：对方是模拟器。',
  unanswered: (url) => ({ sentence: `${url} 没有应答。`, do: SEE }),
  noCertificate: { sentence: '服务器没有出示证书。', do: SEE },
  certificate: (host) => `${host} 的证书`,
  renewal: '查明为何没有续期：证书到期的地址，微信支付不会回调。',
};
