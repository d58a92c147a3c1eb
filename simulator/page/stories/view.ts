/** The page of the stories: one button for each, and the latest one as it is told. */
import { html, type Html } from '../html.ts';
import type { Language } from '../language.ts';
import type { Sources } from '../sources.ts';
import type { View } from '../view.ts';
import { WORDS, type Words } from '../sentences/catalogue.ts';
import type { Story, StoryName } from './book.ts';

export function storiesView(sources: Sources, story: Story | undefined, language: Language): View {
  const words = WORDS[language];
  const { stories } = words;
  const head = html`<h1>${stories.heading}</h1>
    <p>${stories.intro}</p>
    ${sources.merchant === undefined && html`<p class="notice">${words.noMerchant}</p>`}`;
  return {
    title: stories.heading,
    room: 'stories',
    language,
    parts: [
      { id: 'heading', html: head },
      { id: 'choices', html: sources.merchant ? choicesHtml(story, words) : html`` },
      { id: 'links', html: linksHtml(sources, story, words) },
      { id: 'story', html: storyHtml(story, words) },
    ],
  };
}

function choicesHtml(story: Story | undefined, { stories }: Words): Html {
  const names = Object.entries(stories.names) as [StoryName, string][];
  const playing = story?.isOver === false ? story.name : undefined;
  return html`<ul class="choices">
    ${names.map(
      ([name, title]) =>
        html`<li class="card" id="choice-${name}">
          <h2 id="name-${name}">${title}</h2>
          <p>${stories.about[name]}</p>
          <form method="post" action="/stories/${name}" data-leads-to="story">
            <button id="play-${name}" aria-describedby="name-${name}">
              ${playing === name ? stories.playing : stories.play}
            </button>
          </form>
        </li>`,
    )}
  </ul>`;
}

function linksHtml({ users }: Sources, story: Story | undefined, words: Words): Html {
  if (story?.order === undefined) return html``;
  const { stories } = words;
  const { out_order_no, openid } = story.order;
  const user = users.ofOpenid(openid);
  return html`<p>
    ${stories.order} <span class="number">${out_order_no}</span>:
    <a href="/phone/u/${user.id}">${stories.onPhone}</a>,
    <a href="/desk#details-${out_order_no}">${stories.onDesk}</a>
  </p>`;
}

function storyHtml(story: Story | undefined, words: Words): Html {
  const { stories } = words;
  if (story === undefined) return html`<p class="hint">${stories.nothingYet}</p>`;
  return html`<h2 id="told">${stories.names[story.name]}</h2>
    <div role="log" aria-labelledby="told">
      <ol class="told ${story.isOver ? 'over' : ''}">
        ${story.lines.map(
          ({ afterMs, sentence, kind }, i) =>
            html`<li id="line-${i}" class="${kind}">
              <small>${stories.seconds((afterMs / 1000).toFixed(1))}</small>
              ${sentence(stories, words)}
            </li>`,
        )}
      </ol>
    </div>`;
}
