/** What is wrong with a request before anybody asks what it wants. Rules come as what must be so. */
import type { Words } from '../../en.ts';

export const request: Words['problems']['request'] = {
  faults: (what, count, listed) =>
    `${what === 'body' ? '请求体' : '查询参数'}有 ${count} 处错误` +
    (listed === undefined ? '' : `，仅列出前 ${listed} 处`) +
    (what === 'body' ? '。未执行任何操作。' : '。'),
  missing: '缺少此字段',
  unknownField: '此请求没有该字段',
  header: (name, rule) => `请求头 ${name} ${rule}。`,
  inPath: (name, rule) => `路径中的 ${name} ${rule}。`,
  inQuery: (name, rule) => `查询参数 ${name} ${rule}。`,
  mustBe: (value) => `须为 ${value}`,
  mustBeMonth: '须为 yyyy-MM',
  configured: (names) => `须为已配置的其中之一：${names.join('、')}`,
  isNotOne: '无效',
  notJsonType: '请求体须为 UTF-8，并带 Content-Type: application/json。',
  notUtf8: '请求体须严格为 UTF-8，而此请求体不是；是否为 GBK？',
  notJson: '请求体不是 JSON。',
  tooLarge: (kilobytes) => `最多读取 ${kilobytes} kB。`,
  unreadable: '请求体被压缩或被截断。',
  pathEncoding: '路径的百分号编码有误。',
};
