/** The page on which an operator shows a key, so that Temporal's web UI may show what it stores. */
import type { Words } from '../en.ts';

export const login: Words['login'] = {
  title: 'Temporal 中存储的内容',
  key: (scope) => `权限含 ${scope} 的 API Key`,
  show: '在 Temporal 的 Web UI 中显示',
  refused: '这不是权限含 codec 的 API Key。',
  done: '八小时内，Temporal 的 Web UI 会在此浏览器中显示其存储的内容。请重新加载该页面。',
};
