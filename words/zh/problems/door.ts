/** Who is not let in, and why. */
import type { Words } from '../../en.ts';

const INSTEAD = '请由本机程序通过回环地址调用，或设置 API_KEYS_FILE 并发送 API Key。';

export const door: Words['problems']['door'] = {
  host: `请求头 Host 须为回环地址。${INSTEAD}`,
  target: `请求目标须为回环地址。${INSTEAD}`,
  originOfPage: `请求头 Origin 表明请求来自网页。${INSTEAD}`,
  siteOfPage: `请求头 Sec-Fetch-Site 表明请求来自网页。${INSTEAD}`,
  foreignOrigin: '发起请求的网页不在 CODEC_ORIGINS 之列。',
  sendKey: '请发送 Authorization: Bearer <API Key>。',
  sendCodecKey: (login) =>
    `请发送权限含 codec 的 Authorization: Bearer <API Key>，或在 ${login} 登录。`,
  wrongScope: (key, scopes, needed) =>
    `API Key ${key} 的权限为 ${scopes.join('、')}；此请求需要 ${needed}。`,
};
