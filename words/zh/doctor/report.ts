/** The report as a whole. */
import type { Words } from '../../en.ts';

export const report: Words['doctor']['report'] = {
  states: { ok: '正常', warning: '警告', fault: '错误', unknown: '未知' },
  summary: ({ ok, warning, fault, unknown }) =>
    `正常 ${ok} 项，警告 ${warning} 项，错误 ${fault} 项，未知 ${unknown} 项`,
  space: '',
};
