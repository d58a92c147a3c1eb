/** The variables of each program, and who may call the API. */
import type { Words } from '../../en.ts';

export const configuration: Words['doctor']['configuration'] = {
  whose: { worker: 'Worker 的', api: 'API 的', migrate: 'migrate 的', temporal: 'Temporal 的' },
  none: (whose) => ({
    sentence: `${whose}独有变量，这里一个都没有。`,
    do: `带上 ${whose}变量再运行一次。`,
  }),
  usable: (whose) => `${whose}变量可用。`,
  faults: (whose, faults) => ({
    sentence: `${whose}变量有误（英文原文）：${faults.join('; ')}。`,
    do: '按所指的变量改正（docs/zh/configuration.md）。',
  }),
  noApiKeys: '没有 API Key：API 只接受本机程序的请求。',
  apiKeys: (keys) =>
    `API 接受以下 API Key 的请求：${keys.map(({ name, scopes }) => `${name}（${scopes.join('、')}）`).join('、')}。`,
};
