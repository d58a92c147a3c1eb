/** The schedule of every morning's reconciliation, and what it starts with. */
import type { Words } from '../../en.ts';

const MIGRATE = '带上微信支付的变量运行 migrate。';

export const schedule: Words['doctor']['schedule'] = {
  right: 'Schedule 每天早上启动对账。',
  missing: { sentence: '没有启动每日对账的 Schedule。', do: MIGRATE },
  paused: {
    sentence: '每日对账的 Schedule 已暂停。',
    do: '在 Temporal 的 Web UI 的 Schedules 中查看其备注，然后恢复（Unpause）。',
  },
  somethingElse: { sentence: 'Schedule 启动的不是对账。', do: MIGRATE },
  argument: {
    right: 'Schedule 的启动参数可以读取。',
    noSchedule: { sentence: '没有 Schedule。', do: '见 daily-schedule。' },
    otherServices: { sentence: 'Schedule 针对的服务或回调地址与所配置的不同。', do: MIGRATE },
    unreadable: (keyId) => ({
      sentence: `Schedule 的启动参数用载荷加密密钥 ${keyId} 加密，而这里没有该密钥。`,
      do: '把该密钥的文件加进 CODEC_KEY_FILES，放在最新密钥之后；若已丢失，请运行 migrate。',
    }),
    clear: { sentence: 'Schedule 的启动参数没有加密。', do: MIGRATE },
  },
};
