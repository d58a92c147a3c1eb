/**
 * What is written in Chinese as well: both languages have the same headings, tables, blocks, lists and pictures, so that what changes
 * in one is missed in the other. Sentences are compared by nobody: whoever changes one reads the other.
 */
import { fencedIn, withoutFenced } from './markdown.ts';
import type { Texts } from './repository.ts';

/** What merchants, operators, finance people, and those who try it out read. */
const IN_CHINESE = [
  'README.md',
  ...['README', 'api', 'configuration', 'doctor', 'events', 'operations', 'production'].map(
    (name) => `docs/${name}.md`,
  ),
  ...['reconciliation', 'wechatpay'].map((name) => `docs/${name}.md`),
  'simulator/README.md',
];
const SIMULATOR = 'docs/simulator/';

/** `docs/api.md` → `docs/zh/api.md`, `README.md` → `README.zh.md`. */
export function inChinese(path: string): string {
  return path.startsWith('docs/')
    ? path.replace('docs/', 'docs/zh/')
    : path.replace(/\.md$/, '.zh.md');
}

export function isInChinese(path: string): boolean {
  return path.startsWith('docs/zh/') || path.endsWith('.zh.md');
}

export function languageFaults(documents: Texts): string[] {
  const pages = [...documents.keys()].filter((path) => path.startsWith(SIMULATOR));
  const translated = [...IN_CHINESE, ...pages];
  const wanted = new Set(translated.map(inChinese));
  const strange = [...documents.keys()].filter((path) => isInChinese(path) && !wanted.has(path));
  return [
    ...strange.map((path) => `${path}: there is no such document in English`),
    ...translated.flatMap((path) => {
      const text = documents.get(inChinese(path));
      if (text === undefined) return [`${inChinese(path)} is missing`];
      const fault = differenceOf(partsOf(documents.get(path) ?? ''), partsOf(text));
      return fault === undefined ? [] : [`${inChinese(path)}: ${fault}`];
    }),
  ];
}

interface Part {
  /** The same in both languages. */
  readonly shape: string;
  /** The heading above it, for whoever looks for it. */
  readonly under: string;
}

function differenceOf(english: readonly Part[], chinese: readonly Part[]): string | undefined {
  for (let at = 0; at < Math.max(english.length, chinese.length); at++) {
    const [one, other] = [english[at], chinese[at]];
    if (one?.shape === other?.shape) continue;
    const told = other ? `“${other.under}” has ${other.shape}` : 'it ends';
    return `${told} where English has ${one ? `${one.shape}, under “${one.under}”` : 'nothing more'}`;
  }
  return undefined;
}

const HEADING = /^(#{1,6}) +(.+)$/;
const ROW = /^ *\|/;
const ITEM = /^ *(?:-|\d+\.) /;
const PICTURE = /!\[[^\]]*\]\(([^)]+)\)/g;
const CODE = /`([^`]+)`/g;

/** In the order of the document, but blocks last: they are cut out before the rest is read. */
function partsOf(document: string): Part[] {
  let under = '';
  const parts = withoutFenced(document)
    .split('\n')
    .flatMap((line): Part[] => {
      const [, level, heading = ''] = HEADING.exec(line) ?? [];
      if (level !== undefined) under = heading;
      return shapesOf(line, level).map((shape) => ({ shape, under }));
    });
  const blocks = fencedIn(document).map(({ language, text, before }) => ({
    shape: `the block ${commentBefore(before)} ${language}\n${comparable(language, text)}`,
    under: '',
  }));
  return [...parts, ...blocks];
}

function shapesOf(line: string, level: string | undefined): string[] {
  if (level !== undefined) return [`a heading ${level}`];
  const pictures = [...line.matchAll(PICTURE)].map(([, path = '']) => {
    return `the picture ${path.split('/').at(-1) ?? ''}`;
  });
  if (ITEM.test(line)) return ['an item of a list', ...pictures];
  return ROW.test(line) ? [rowOf(line), ...pictures] : pictures;
}

/** With what stands in backticks, which is the same in every language. */
function rowOf(line: string): string {
  const cells = line.split(/(?<!\\)\|/).length - 2;
  const code = [...line.matchAll(CODE)].map(([, it = '']) => it).toSorted();
  return `a row of ${cells} cells${code.length > 0 ? ` with ${code.join(', ')}` : ''}`;
}

/** By what a block is run. */
function commentBefore(before: string): string {
  return /<!-- ([^\n]+?) -->\n *\n$/.exec(before)?.[1] ?? '';
}

/** In JSON: what ends with a full stop. */
const SENTENCE = /"[^"\n]*[.。]"/gu;

/** Comments, and what a program shows to people, are in the reader's language. */
function comparable(language: string, text: string): string {
  if (language === 'mermaid') return `${text.split('\n').length} lines`;
  if (language === '') return `${entriesIn(text)} entries`;
  if (language === 'json') return text.replaceAll(SENTENCE, '"…"');
  const isComment = /^\s*(#|\/\/) /;
  return text
    .split('\n')
    .filter((line) => !isComment.test(line))
    .map((line) => line.replace(/\s+# .*$/, ''))
    .join('\n');
}

const CONTINUED = /^ {20,}\S/;

/** In how many lines a program wraps what it says is the language's. */
function entriesIn(text: string): number {
  return text.split('\n').filter((line) => !CONTINUED.test(line)).length;
}
