/** Until when something is valid. */
import type { Words } from '../../en.ts';

export const ends: Words['doctor']['ends'] = {
  over: (what, day) => `${what}已于 ${day} 到期。`,
  notYet: (what, first) => ({
    sentence: `${what}要到 ${first} 才生效。`,
    do: '检查本机时钟。',
  }),
  valid: (what, day, left) => `${what}有效期至 ${day}，还剩 ${left} 天。`,
};
