/** A link of a document leads to a file of the repository, and its anchor to a heading there. */
import { posix } from 'node:path';
import { anchorsIn } from './anchors.ts';
import { proseIn } from './markdown.ts';
import type { Texts } from './repository.ts';

const LINK = /\]\(<?([^()\s>]+)>?(?: +"[^"]*")?\)/g;
const ELSEWHERE = /^([a-z][a-z+.-]*:|\/\/)/i;

export function linkFaults(documents: Texts, files: ReadonlySet<string>): string[] {
  return [...documents].flatMap(([path, text]) =>
    [...proseIn(text).matchAll(LINK)]
      .map(([, target = '']) => target)
      .filter((target) => !ELSEWHERE.test(target))
      .flatMap((target) => {
        const fault = faultOf(placeOf(target, path), documents, files);
        return fault === undefined ? [] : [`${path}: ${target} ${fault}`];
      }),
  );
}

export interface Place {
  readonly path: string;
  readonly anchor: string;
}

/** @returns undefined where there is such a place */
export function faultOf(
  { path, anchor }: Place,
  documents: Texts,
  files: ReadonlySet<string>,
): string | undefined {
  if (!isThere(path, files)) return 'leads to no file';
  if (anchor === '') return undefined;
  const isHeading = anchorsIn(documents.get(path) ?? '').has(anchor);
  return isHeading ? undefined : 'leads to no heading';
}

/** @param from the document that has the link */
function placeOf(target: string, from: string): Place {
  const [path = '', anchor = ''] = decodeURI(target).split('#');
  if (path === '') return { path: from, anchor };
  const isFromRoot = path.startsWith('/');
  return { path: posix.join(isFromRoot ? '.' : posix.dirname(from), path), anchor };
}

/** A file, or a folder that has one. */
export function isThere(path: string, files: ReadonlySet<string>): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return files.has(path) || [...files].some((file) => file.startsWith(folder));
}
