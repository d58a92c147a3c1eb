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
  'a control character of Latin-1': 'a\u0085b',
  'a right-to-left override': '\u202e元001',
  'a left-to-right embedding': '\u202a元',
  'an isolate': '\u2067元',
  'an Arabic letter mark': '\u061c元',
  'a zero-width space': '充\u200b电',
  'a zero-width joiner': '充\u200d电',
  'a byte order mark': '\ufeff充电',
  'a soft hyphen': '充\u00ad电',
  'a letter that shows nothing': '\u3164',
  'a variation selector': '☎\ufe0f',
  'a line separator': '充\u2028电',
  'what is no character': '充\uffff',
  'what could not be read as UTF-8': '\ufffd籦\ufffd',
  'nothing in it': '',
};
