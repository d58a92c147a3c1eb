/** What the parts of the desk have in common: headings, tables, small forms. */
import { html, type Html, type Value } from '../html.ts';

export function section(id: string, heading: string, content: Value): Html {
  return html`<section aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${content}
  </section>`;
}

/** Scrolls by itself where it is wider than the screen, by keyboard too. */
export function table(label: string, heads: readonly string[], rows: readonly Value[]): Html {
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function row(id: string | undefined, cells: readonly Value[]): Html {
  return html`<tr ${id !== undefined && html`id="${id}"`}>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
}

export interface Press {
  readonly id?: string;
  readonly path: string;
  readonly text: string;
  /** What it is about, for who does not see what it stands beside. */
  readonly about?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export function press({ id, path, text, about, fields = {} }: Press): Html {
  return html`<form method="post" action="${path}" class="press">
    ${Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button
      ${id !== undefined && html`id="${id}"`}
      ${about !== undefined && html`aria-label="${text} ${about}"`}
    >
      ${text}
    </button>
  </form>`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}
