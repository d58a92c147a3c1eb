/** A path that a document names in backticks is a file of the repository, or a folder: sources move, sentences about them do not. */
import { posix } from 'node:path';
import { isThere } from './links.ts';
import { codeIn } from './markdown.ts';
import type { Texts } from './repository.ts';

/** `*` stands for any part of a name. */
const PATH = /^[\w.*-]+(\/[\w.*-]+)*\/?$/;
const SOURCE = /\.[cm]?ts$/;

export function pathFaults(documents: Texts, files: ReadonlySet<string>): string[] {
  const top = new Set([...files].filter((file) => file.includes('/')).map(firstOf));
  const isMeant = (code: string) =>
    PATH.test(code) && (SOURCE.test(code) || (code.includes('/') && top.has(firstOf(code))));
  return [...documents].flatMap(([document, text]) =>
    [...new Set(codeIn(text))]
      .filter((code) => isMeant(code) && !isNamed(code, document, files))
      .map((code) => `${document}: there is no ${code}`),
  );
}

function firstOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** From the root, or beside the document. */
function isNamed(path: string, document: string, files: ReadonlySet<string>): boolean {
  return [path, posix.join(posix.dirname(document), path)].some((it) =>
    it.includes('*') ? isAnyLike(it, files) : isThere(it, files),
  );
}

function isAnyLike(pattern: string, files: ReadonlySet<string>): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
  const like = new RegExp(`^${parts.join('[^/]*')}$`);
  return [...files].some((file) => like.test(file));
}
