/** Why a check has no answer, whichever it is. */
import type { Words } from '../../en.ts';

const AGAIN = '请再运行一次，并检查本机与对方之间的网络。';

export const unanswered: Words['doctor']['unanswered'] = {
  late: (seconds) => ({ sentence: `${seconds} 秒内未能查明。`, do: AGAIN }),
  notAwaited: { sentence: '没有等到结果。', do: AGAIN },
  failed: (kind) => ({ sentence: `未能查明（${kind}）。`, do: AGAIN }),
  notSet: (variable) => ({
    sentence: `此处未设置 ${variable}。`,
    do: `设置 ${variable}，或带上拥有它的程序的变量再运行。`,
  }),
  unusable: (variable) => ({
    sentence: `${variable} 的内容无法使用。`,
    do: '见 worker-configuration、api-configuration 和 migrate-configuration。',
  }),
};
