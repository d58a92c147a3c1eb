/** The whole document around a view: head, the way to the other rooms, and where outcomes are said. */
import type { Outcome } from './asking.ts';
import { html, type Html } from './html.ts';
import { LANGUAGES, TAGS, type Language } from './language.ts';
import type { Room, View } from './view.ts';
import { WORDS } from './sentences/catalogue.ts';

const PATHS = {
  home: '/',
  phone: '/phone',
  desk: '/desk',
  stories: '/stories',
} as const satisfies Record<Room, string>;

const NAMES = { zh: '中文', en: 'English' } as const;

export interface Surroundings {
  /** Of a form that was sent without script. */
  readonly outcome: Outcome | undefined;
  /** Where the same page is in another language. */
  readonly inLanguage: (language: Language) => string;
}

export function documentOf(view: View, { outcome, inLanguage }: Surroundings): string {
  const { title, room, language, parts } = view;
  const words = WORDS[language];
  return html`<!doctype html>
    <html lang="${TAGS[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${words.title}</title>
        <link rel="stylesheet" href="/page/style.css" />
        <link rel="icon" href="/page/icon.svg" />
        <script type="module" src="/page/script.js"></script>
      </head>
      <body class="${room}">
        <a class="skip" href="#main">${words.skip}</a>
        <header class="rooms">${roomsHtml(view)} ${languagesHtml(view, inLanguage)}</header>
        <main id="main" tabindex="-1">
          ${parts.map((part) => html`<div id="${part.id}" data-part>${part.html}</div>`)}
        </main>
        <p id="outcome" role="status" class="${outcomeClass(outcome)}">${outcome?.said}</p>
      </body>
    </html> `.html;
}

function roomsHtml({ room, language }: View): Html {
  const words = WORDS[language];
  const names = { ...words, stories: words.stories.heading };
  const rooms = Object.entries(PATHS) as [Room, string][];
  return html`<nav aria-label="${words.rooms}">
    ${rooms.map(
      ([name, path]) =>
        html`<a href="${path}" ${name === room && html`aria-current="page"`}>${names[name]}</a> `,
    )}
  </nav>`;
}

/** The phone is WeChat's, and speaks Chinese. */
function languagesHtml(
  { room, language }: View,
  inLanguage: Surroundings['inLanguage'],
): Html | undefined {
  if (room === 'phone') return undefined;
  return html`<nav class="languages" aria-label="${WORDS[language].language}">
    ${LANGUAGES.map(
      (it) =>
        html`<a
          href="${inLanguage(it)}"
          lang="${TAGS[it]}"
          hreflang="${TAGS[it]}"
          ${it === language && html`aria-current="true"`}
          >${NAMES[it]}</a
        > `,
    )}
  </nav>`;
}

function outcomeClass({ said, isFault }: Outcome = {}): string {
  if (said === undefined) return 'quiet';
  return isFault ? 'fault' : '';
}
