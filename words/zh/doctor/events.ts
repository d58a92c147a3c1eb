/** The receiver of events. Its address may hold a secret, and is not told. */
import type { Words } from '../../en.ts';

export const events: Words['doctor']['events'] = {
  none: '未设置 EVENTS_URL：不发送事件。',
  elsewhere: {
    sentence: '事件由 Worker 发送，而这里没有 Worker 的变量。',
    do: '在 Worker 所在的机器上，带上 Worker 的变量再运行一次。',
  },
  listening: 'EVENTS_URL 处有程序在监听。没有向它发送任何内容：事件能否被接收，要看第一个事件。',
  listeningByTls:
    'EVENTS_URL 处有程序在监听，其证书可信。没有向它发送任何内容：事件能否被接收，要看第一个事件。',
  silent: (why) => ({
    sentence: `EVENTS_URL 处没有程序在监听（${why}）。没有向它发送任何内容。`,
    do: '启动接收端，核对 EVENTS_URL，并放通 Worker 所在机器对它的访问。订单照常进行，事件等待发送（docs/zh/events.md）。',
  }),
  untrusted: (why) => ({
    sentence: `EVENTS_URL 处有程序在监听，但 TLS 无法建立（${why}）。没有向它发送任何内容。`,
    do: '接收端须有与其名称相符的有效证书，且由 Worker 信任的机构签发：自建机构用 NODE_EXTRA_CA_CERTS 指定。订单照常进行，事件等待发送（docs/zh/events.md）。',
  }),
  nothingWithin: (seconds) => `${seconds} 秒内没有任何内容`,
};
