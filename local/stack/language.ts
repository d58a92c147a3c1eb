/** In which language one is told on this machine: the operator's, else the terminal's. */
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../words/language.ts';

/** A word that OPERATOR_LANGUAGE does not know is left to the programs, which refuse to start with it. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const { OPERATOR_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = env;
  const asked = LANGUAGES.find((language) => language === OPERATOR_LANGUAGE);
  if (asked !== undefined) return asked;
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return /^zh(?![a-z])/i.test(locale) ? 'zh' : DEFAULT_LANGUAGE;
}

export const LANGUAGE = languageOf(process.env);
