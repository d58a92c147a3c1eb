/** The first page: which rooms there are, and a way through them. */
import { html, type Html } from './html.ts';
import type { Language } from './language.ts';
import type { Sources } from './sources.ts';
import type { View } from './view.ts';
import { WORDS } from './sentences/catalogue.ts';

export function homeView({ merchant }: Sources, language: Language): View {
  const words = WORDS[language];
  const room = (path: string, name: string, about: string): Html =>
    html`<li class="card">
      <h2><a href="${path}">${name}</a></h2>
      <p>${about}</p>
    </li>`;
  const content = html`<h1>${words.welcome}</h1>
    <p>${words.welcomeText}</p>
    ${merchant === undefined && html`<p class="notice">${words.noMerchant}</p>`}
    <ul class="doors">
      ${room('/phone', words.phone, words.aboutPhone)} ${room('/desk', words.desk, words.aboutDesk)}
      ${room('/stories', words.stories.heading, words.aboutStories)}
    </ul>
    <section class="card" aria-labelledby="first-steps">
      <h2 id="first-steps">${words.firstSteps}</h2>
      <ol>
        ${words.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    </section>`;
  return { title: words.welcome, room: 'home', language, parts: [{ id: 'home', html: content }] };
}
