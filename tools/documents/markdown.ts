/** A document's parts, as far as the checks tell them apart: fenced blocks, code in a line, and what is left. */

const FENCED = /^( *)(`{3,})([^\n`]*)\n([\s\S]*?)^ *\2 *$/gm;
const CODE = /`([^`]+)`/g;

export interface Fenced {
  readonly language: string;
  /** Without the indentation that a list gives it. */
  readonly text: string;
  /** All that stands before it. */
  readonly before: string;
}

export function fencedIn(document: string): Fenced[] {
  return [...document.matchAll(FENCED)].map((match) => {
    const [, indent = '', , language = '', text = ''] = match;
    const unindented = text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return { language: language.trim(), text: unindented, before: document.slice(0, match.index) };
  });
}

/** What is in backticks within a line. */
export function codeIn(document: string): string[] {
  return [...withoutFenced(document).matchAll(CODE)].map(([, code = '']) => code);
}

/** What is read as Markdown. */
export function proseIn(document: string): string {
  return withoutFenced(document).replaceAll(CODE, '');
}

export function withoutFenced(document: string): string {
  return document.replaceAll(FENCED, '');
}
