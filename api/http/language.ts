/** The language of an answer: what its request asks for (RFC 9110, 12.5.4), and the operator's where that is none of ours. */
import type { Express, Request, Response } from 'express';
import { wordsIn } from '../../words/catalogue.ts';
import type { Words } from '../../words/en.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../words/language.ts';

const OPERATORS = 'operatorLanguage';

/** To be called before the app answers. */
export function speakAsOperators(app: Express, { language }: Words): void {
  app.locals[OPERATORS] = language;
}

/** For whoever puts words for people into the answer, which then says in which language they are. */
export function wordsFor(response: Response): Words {
  const language = languageOf(response.req);
  response.vary('Accept-Language').set('content-language', language);
  return wordsIn(language);
}

function languageOf(request: Request): Language {
  const operators = (request.app.locals[OPERATORS] ?? DEFAULT_LANGUAGE) as Language;
  const ours = [operators, ...LANGUAGES.filter((it) => it !== operators)];
  // Without names it answers the ranges themselves, the most wanted first: `zh-CN, en` is Chinese, which it would not be with them.
  const wanted = request.acceptsLanguages().map(primaryOf);
  // `*` is about those that no other range names.
  const placeOf = (it: Language) => wanted.indexOf(wanted.includes(it) ? it : '*');
  const [language = operators] = ours
    .filter((it) => request.acceptsLanguages(it))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  return language;
}

/** `zh` of `zh-Hans-CN`. */
function primaryOf(range: string): string {
  return range.split('-')[0]?.toLowerCase() ?? '';
}
