/** Text in columns, as a terminal shows it: a full-width character takes two. */

const FULL_WIDTH =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u{3000}-\u{303e}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\p{Emoji_Presentation}]/gu;

/** At spaces, and behind the punctuation of who writes without them: a path to copy, or a menu's name, stays whole. */
const BREAKS = /(?<= )|(?<=[，。；：、！？）])(?![，。；：、！？）”])/u;

export function widthOf(text: string): number {
  return Array.from(text).length + (text.match(FULL_WIDTH)?.length ?? 0);
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** What cannot be broken is longer than a line where it has to be. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const piece of text.split(BREAKS)) {
    const longer = (lines.at(-1) ?? '') + piece;
    if (lines.length > 0 && widthOf(longer.trimEnd()) <= columns) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
