/**
 * The rules of schemas, which know zod only and state them in English: from that sentence, `{}` for what is filled in, to the
 * Chinese one. `test/words/zh/rules.test.ts` reads the schemas' sources and holds that none is missing.
 */
import type { Words } from '../en.ts';

export const RULES: Readonly<Record<string, string>> = {
  'exactly one of openid and authorization_code must be given':
    'openid 与 authorization_code 须且只能给出一个',
  'is more than any order can cost': '超出任何订单可能的金额',
  'is not one that this list gave': '不是本列表给出的',
  'must be 1 to 32 characters of 0-9 A-Z a-z _ -': '须为 1 至 32 个字符，限 0-9 A-Z a-z _ -',
  'must be 1 to 64 characters of 0-9 A-Z a-z . _ : -':
    '须为 1 至 64 个字符，限 0-9 A-Z a-z . _ : -',
  'must be ESTIMATE_ORDER_COST, the only one of the confirm-free mode':
    '须为 ESTIMATE_ORDER_COST，免确认模式只有这一种',
  'must be OnAccept, yyyyMMddHHmmss or yyyyMMdd in Beijing time':
    '须为 OnAccept，或北京时间 yyyyMMddHHmmss 或 yyyyMMdd',
  'must be URL-encoded': '须经 URL 编码',
  'must be a day, yyyy-MM-dd': '须为日期，yyyy-MM-dd',
  'must be a text': '须为文本',
  'must be a time with its zone, such as 2026-10-01T12:00:00+08:00':
    '须为带时区的时间，例如 2026-10-01T12:00:00+08:00',
  'must be a whole number': '须为整数',
  'must be a whole number from 1 to {}': '须为 1 至 {} 的整数',
  'must be a whole number of fen': '须为整数，单位为分',
  'must be an integer, in fen': '须为整数，单位为分',
  'must be at least 1': '不能小于 1',
  'must be at least 10': '不能小于 10',
  'must be at least 60': '不能小于 60',
  'must be at most 100000000000': '不能大于 100000000000',
  'must be at most 3600, an hour': '不能大于 3600（1 小时）',
  'must be at most 604800, a week': '不能大于 604800（1 周）',
  'must be digits': '须为数字',
  'must be false: orders are created in the confirm-free mode': '须为 false：订单以免确认模式创建',
  'must be given once': '只能给出一次',
  'must be later than start_time': '须晚于 start_time',
  'must be more than 0': '须大于 0',
  'must be one of {}': '须为以下之一：{}',
  'must be the openid of a user': '须为用户的 openid',
  'must be the sum of post_payments less the sum of post_discounts':
    '须等于 post_payments 之和减去 post_discounts 之和',
  'must be up to 32 digits': '须为最多 32 位数字',
  'must be up to 64 letters, digits and _ - | @': '须为最多 64 个字母、数字及 _ - | @',
  'must be yyyyMMddHHmmss or yyyyMMdd in Beijing time, and exist':
    '须为北京时间 yyyyMMddHHmmss 或 yyyyMMdd，且该时间存在',
  'must have at least one item': '至少须有一项',
  'must have at most 200 characters after URL-encoding': 'URL 编码后最多 200 个字符',
  'must have at most 80 bytes in UTF-8': '以 UTF-8 计最多 80 字节',
  'must have at most {} characters': '最多 {} 个字符',
  'must have the precision of start_time': '精度须与 start_time 相同',
  'must not be empty': '不能为空',
  'must not be negative': '不能为负数',
  'must not contain U+FFFD, which stands for what could not be read as UTF-8':
    '不能含有 U+FFFD，它代表无法按 UTF-8 读取的内容',
  'must not contain control characters': '不能含有控制字符',
  'must not contain emoji or other characters outside the BMP':
    '不能含有 emoji 或其他 BMP 以外的字符',
  'must not contain invisible characters, or any that turn the direction of text':
    '不能含有不可见字符或改变文字方向的字符',
  'must not use one name twice': '名称不能重复',
  'needs {}': '须同时给出 {}',
};

const FILLED = Object.entries(RULES).flatMap(([english, chinese]) => {
  const [before = '', after] = english.split('{}');
  return after === undefined ? [] : [{ before, after, chinese }];
});

/** Zod's own words come in Chinese already. */
export const rule: Words['rule'] = (broken) => RULES[broken] ?? filled(broken) ?? broken;

function filled(broken: string): string | undefined {
  const found = FILLED.find(
    ({ before, after }) => broken.startsWith(before) && broken.endsWith(after),
  );
  if (!found) return undefined;
  const { before, after, chinese } = found;
  return chinese.replace('{}', () => broken.slice(before.length, broken.length - after.length));
}
