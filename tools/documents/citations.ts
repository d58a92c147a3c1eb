/** What sources cite is in the repository: a document, by its path and heading, and never a reference that readers do not have. */
import { faultOf } from './links.ts';
import type { Texts } from './repository.ts';

/** The sign by which a reference outside of the repository was cited. */
const OUTSIDE = /R\u00a7[\d.]*/g;
const DOCUMENT = /\bdocs\/[\w./-]+\.md(?:#([\w-]+))?/g;

/** @param texts all of the repository, of which those that `documents` has are read by {@link linkFaults} */
export function citationFaults(
  texts: Texts,
  documents: Texts,
  files: ReadonlySet<string>,
): string[] {
  return [...texts].flatMap(([path, text]) => [
    ...citedIn(text, OUTSIDE).map((cited) => `${path}: ${cited} is of no document here`),
    ...(documents.has(path) ? [] : citedIn(text, DOCUMENT)).flatMap((cited) => {
      const [document = '', anchor = ''] = cited.split('#');
      const fault = faultOf({ path: document, anchor }, documents, files);
      return fault === undefined ? [] : [`${path}: ${cited} ${fault}`];
    }),
  ]);
}

function citedIn(text: string, sign: RegExp): string[] {
  return [...new Set([...text.matchAll(sign)].map(([cited]) => cited))];
}
