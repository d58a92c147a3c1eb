/** What the compiler does not see of a sentence that is there in both languages: whether it is translated, and tells the same values. */
import type { Sentence } from './sentences.ts';

const HAN = /\p{Script=Han}/u;

export function differences(
  english: ReadonlyMap<string, Sentence>,
  chinese: ReadonlyMap<string, Sentence>,
): string[] {
  return [...english].flatMap(([name, { text, values }]) => {
    const other = chinese.get(name);
    if (!other) return isSentence(text) ? [`${name} has no sentence in Chinese: ${text}`] : [];
    if (isSentence(text) && !HAN.test(other.text)) return [`${name} is not in Chinese: ${text}`];
    const untold = values.filter((value) => !other.values.includes(value));
    return untold.map((value) => `${name} does not tell {${value}} in Chinese`);
  });
}

/** Two words or more beside values and what stands in backticks: codes and fields are the same in every language. */
function isSentence(text: string): boolean {
  const words = text.replaceAll(/\{[^}]*\}|`[^`]*`/g, ' ').match(/(?<!\S)[a-z]{2,}(?![\w_./])/gi);
  return (words ?? []).length > 1;
}
