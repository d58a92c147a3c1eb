/** The keys under which Temporal's orders are encrypted. */
import type { Words } from '../../en.ts';

type Use = Parameters<Words['doctor']['codecKeys']['stillNeeded']>[0][number];

function useIn({ id, by }: Use): string {
  if (by === 'schedule') return `${id}（每日对账的 Schedule）`;
  return by === 'untold' ? `${id}（未注明密钥的 Run）` : `${id}（${by} 笔订单）`;
}

export const codecKeys: Words['doctor']['codecKeys'] = {
  complete: (keyId) => `载荷加密使用密钥 ${keyId}；未结束的订单所需的密钥这里都有。`,
  missing: (keyId) => ({
    sentence: `有未结束的订单用载荷加密密钥 ${keyId} 加密，而这里没有该密钥：Worker 不会启动。`,
    do: '把该密钥的文件加进 CODEC_KEY_FILES，放在最新密钥之后。',
  }),
  off: {
    sentence: 'CODEC_ENCRYPTION 为 off：Temporal 以明文存储。',
    do: '确认哪些人能读取其数据库。',
  },
  unusable: { sentence: '载荷加密密钥无法使用。', do: '见 worker-configuration。' },
  unasked: { sentence: '无法查询订单所用的密钥。', do: '见 search-attributes。' },
  noFormer: '没有旧的载荷加密密钥。',
  stillNeeded: (uses) => `仍需要：${uses.map(useIn).join('、')}。`,
  free: (ids) => `不再需要：${ids.join('、')}。`,
  freeMayGo: '每个程序都有了最新密钥之后，不再需要的密钥可以从 CODEC_KEY_FILES 中去掉，然后删除。',
};
