/** In which language the page speaks: as was chosen, else as the browser asks. The phone is WeChat's, and speaks Chinese. */
import type { Request, Response } from 'express';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** For `lang`, and `Accept-Language`. */
export const TAGS = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, string>;

const COOKIE = 'simulator_lang';
const PHONE = /^\/phone(?:[/?]|$)/;

export function languageOf(req: Request): Language {
  if (PHONE.test(req.originalUrl)) return 'zh';
  return chosenIn(req) ?? keptIn(req) ?? askedIn(req) ?? 'en';
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

/** The first range that is ours: asked by names, `zh-CN, en` without weights would be English. */
function askedIn(req: Request): Language | undefined {
  for (const range of req.acceptsLanguages()) {
    const primary = range.split('-')[0]?.toLowerCase();
    const language = LANGUAGES.find((it) => it === primary);
    if (language !== undefined) return language;
  }
  return undefined;
}
