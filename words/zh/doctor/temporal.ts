/** Temporal: whether it lets us in, its namespace, and who takes tasks. */
import type { Words } from '../../en.ts';

const REACH =
  '确认 Temporal 在那里运行，并检查 TEMPORAL_ADDRESS 和 TEMPORAL_TLS_…（docs/zh/wechatpay.md，谁能访问 Temporal）。';
const MIGRATE = '运行 migrate；若它没有权限，请在 Temporal 中手工设置。';

export const temporal: Words['doctor']['temporal'] = {
  answers: (address) => `Temporal 在 ${address} 有应答。`,
  away: (address, why) => ({ sentence: `位于 ${address} 的 Temporal：${why}。`, do: REACH }),
  nobody: '该地址无人应答',
  silent: { sentence: 'Temporal 没有应答。', do: '见 temporal-reachable。' },
  nowhere: { sentence: '不知道 Temporal 在哪里。', do: '见 temporal-configuration。' },
  noCertificate: 'Temporal 不要求我方证书。',
  certificate: '我方用于 Temporal 的证书',
  renewal: '签发下一张证书，并重启各程序：它们只在启动时读取一次。',
  namespace: {
    there: (name) => `Namespace ${name} 存在。`,
    missing: (name) => ({
      sentence: `Temporal 没有 Namespace ${name}。`,
      do: `${MIGRATE}或检查 TEMPORAL_NAMESPACE。`,
    }),
    notThere: { sentence: 'Namespace 不存在。', do: '见 temporal-namespace。' },
    keeps: (days) => `Namespace 将已结束的订单保留 ${days} 天。`,
    keepsTooShort: (days, wanted) => ({
      sentence: `Namespace 将已结束的订单保留 ${days} 天，而 TEMPORAL_RETENTION_DAYS 为 ${wanted}。`,
      do: MIGRATE,
    }),
    attributes: (count) => `Namespace 有全部 ${count} 个 Search Attribute。`,
    lacks: (lacking) => ({
      sentence: `Namespace 缺少 ${lacking.join('、')}：要写入它的订单会停住。`,
      do: MIGRATE,
    }),
  },
  taskQueue: {
    taken: (name) => `有 Worker 从 ${name} 领取任务。`,
    deserted: (name) => ({
      sentence: `没有 Worker 从 ${name} 领取任务。`,
      do: '启动 Worker 并查看其日志；它的 WECHATPAY_MCHID 和 TEMPORAL_NAMESPACE 必须与这里相同。',
    }),
  },
};
