/** In which language the desk and the stories speak: as was chosen, else as the browser asks. */
import type { Request, Response } from 'express';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** For `lang`. */
export const TAGS = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, string>;

const COOKIE = 'simulator_lang';

export function languageOf(req: Request): Language {
  return chosenIn(req) ?? keptIn(req) ?? (req.acceptsLanguages('zh', 'en') === 'zh' ? 'zh' : 'en');
}

/** `?lang=` is for this page and those after it. */
export function keepLanguage(req: Request, res: Response): void {
  const language = chosenIn(req);
  if (language !== undefined) res.cookie(COOKIE, language, { sameSite: 'strict', httpOnly: true });
}

function chosenIn({ query }: Request): Language | undefined {
  return LANGUAGES.find((language) => language === query['lang']);
}

function keptIn(req: Request): Language | undefined {
  const cookies = (req.get('cookie') ?? '').split(/; */);
  return LANGUAGES.find((language) => cookies.includes(`${COOKIE}=${language}`));
}
