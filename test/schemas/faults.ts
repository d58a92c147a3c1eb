/** What a schema objects to, as JSON pointers, the way the API names them. */
import type { z } from 'zod';

export function faultsOf(schema: z.ZodType, body: unknown): string[] {
  const result = schema.safeParse(body);
  if (result.success) return [];
  const pointers = result.error.issues.flatMap((issue) => {
    const pointer = issue.path.map((key) => `/${String(key)}`).join('');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pointer}/${key}`)
      : [pointer];
  });
  return [...new Set(pointers)].toSorted();
}

/** Texts that WeChat Pay does not take, however short they are. */
export const FORBIDDEN_TEXTS: Readonly<Record<string, string>> = {
  'an emoji': '充电宝🔋',
  'a character outside the BMP': '𠮷野家',
  'half an emoji': 'a\ud83d',
  'the other half': '\udd0b',
  'a line feed': '充电\n宝',
  'a tab': 'a\tb',
  'a NUL': 'a\0',
  'a DEL': 'a\x7f',
  'nothing in it': '',
};
