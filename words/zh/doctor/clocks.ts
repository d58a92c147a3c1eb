/** Our clock against the others'. In whole seconds; negative where ours is behind. */
import type { Words } from '../../en.ts';

const way = (ahead: number) => (ahead > 0 ? '快' : '慢');

export const clocks: Words['doctor']['clocks'] = {
  ofWechatpay: {
    agree: '本机时钟与微信支付一致。',
    apart: (ahead) => ({
      sentence: `本机时钟比微信支付${way(ahead)} ${Math.abs(ahead)} 秒。`,
      do: '校准本机时钟，并用 NTP 保持同步。',
    }),
    noTime: { sentence: '应答没有给出时间。', do: '检查是谁在应答。' },
    tooFarApart: {
      sentence: '两边时钟相差太大，任何签名都不会被接受。',
      do: '见 wechatpay-clock。',
    },
  },
  ofTemporal: {
    agree: '没有迹象表明本机时钟与 Temporal 不一致。',
    apart: (ahead) => ({
      sentence: `本机时钟比 Temporal 至少${way(ahead)} ${Math.abs(ahead)} 秒。`,
      do: '校准两台机器的时钟，并用 NTP 保持同步。',
    }),
    noWorker: { sentence: '只能通过 Worker 得知 Temporal 的时间。', do: '见 task-queue。' },
  },
};
