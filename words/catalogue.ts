/** Every sentence that the program says to people, in each language. What is stored stays a code: the language may change under running orders. */
import { EN, type Words } from './en.ts';
import { DEFAULT_LANGUAGE, type Language } from './language.ts';
import { ZH } from './zh.ts';

const CATALOGUE: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };

export function wordsIn(language: Language = DEFAULT_LANGUAGE): Words {
  return CATALOGUE[language];
}
