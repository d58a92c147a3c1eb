/** What WeChat Pay answers: at all, to the self-test, and of each service. */
import type { Words } from '../../en.ts';

const OPEN_THE_WAY =
  '放通 Worker 所在机器对微信支付两个主机 443 端口的访问，或设置 WECHATPAY_PROXY_URL。';
const ON_THE_WAY = '检查本机与微信支付之间有什么。';

type Refused = Parameters<Words['doctor']['wechatpay']['service']['refused']>[0][number];

const nameOf = ({ service_id, appid }: Refused['pair']) => `服务 ${service_id} 与 ${appid}`;

function refusalIn({ status, pair, words }: Refused): string {
  return `对${nameOf(pair)} 的查单返回 ${status}${words === undefined ? '' : `（${words}）`}`;
}

export const wechatpay: Words['doctor']['wechatpay'] = {
  answers: (url) => `${url} 有应答。`,
  silent: (url, why) => ({ sentence: `${url} 没有可用的应答（${why}）。`, do: OPEN_THE_WAY }),
  noBackup: '没有要检查的备用主机。',
  unanswered: { sentence: '微信支付没有应答。', do: '见 wechatpay-reachable。' },
  refused: { sentence: '微信支付不接受我方请求。', do: '见 our-signature。' },
  unproven: { sentence: '应答方的身份未得到验证。', do: '见 their-signature。' },
  keysUnusable: {
    sentence: '所配置的微信支付密钥无法使用。',
    do: '见 worker-configuration。',
  },
  echo: {
    noKey: { sentence: '未持有任何微信支付的密钥。', do: '见 their-signature。' },
    unproven: { sentence: '应答未能验证为来自微信支付。', do: '见 their-signature。' },
    opensNot: (serial) => ({
      sentence: `用微信支付的密钥 ${serial} 加密的内容，微信支付解不开。`,
      do: '公钥与其 ID 必须成对：请重新获取二者，商户平台 → 账户中心 → API安全。',
    }),
    otherwise: (status) => ({
      sentence: `微信支付对加密回显返回 ${status}。`,
      do: '没有功能依赖它：以其他各项为准。',
    }),
    heardElse: { sentence: '微信支付收到的与发出的不同。', do: ON_THE_WAY },
    returnedElse: { sentence: '微信支付加密返回的与发出的不同。', do: ON_THE_WAY },
    otherCertificate: {
      sentence: '微信支付加密用的是该商户的另一张证书，而不是正在使用的这张。',
      do: '方便时换用最新的证书：这里没有任何内容这样加密。',
    },
    right: '加密发给微信支付的内容，加密返回后可以解开。',
  },
  service: {
    taken: (pairs) => `微信支付接受查单：${pairs.map(nameOf).join('；')}。`,
    refused: (refusals) => ({
      sentence: `微信支付${refusals.map(refusalIn).join('；')}。`,
      do: '该服务必须属于该商户，为免确认模式，并已绑定 appid（docs/zh/wechatpay.md，第一笔订单之前）。',
    }),
  },
};
