/** A page of a few words: no script, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import type { Words } from '../../words/en.ts';

const STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}' +
  'input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin:.25rem 0 1rem}button{font:inherit;padding:.5rem 1rem}' +
  '[role=alert]{color:#b3261e}@media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#1b1b1f}[role=alert]{color:#f2b8b5}}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** @param content HTML of ours, with nothing in it that somebody sent */
export function page({ language, login: { title } }: Words, content: string): string {
  return (
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1>${content}</main></html>`
  );
}
