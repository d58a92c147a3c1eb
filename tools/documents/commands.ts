/**
 * What documents tell one to type is run by something: a comment before each block of shell lines says by what.
 *
 * - `<!-- played: NAME -->`: by `npm run containers`, which reads docs/production.md
 * - `<!-- run: NAME -->`: by test/stories/documents.test.ts, against the stack of `npm start`
 * - `<!-- run by: … -->`: what is named there, a file or an npm script, does the same in its own way
 */
import { fencedIn } from './markdown.ts';
import { isThere } from './links.ts';
import type { Texts } from './repository.ts';

const SHELL = /^(sh|bash|shell)$/;
const MARK = /<!-- (played|run|run by): ([^\n]+?) -->\n *\n$/;
const PLAYED_DOCUMENT = 'docs/production.md';

export interface Command {
  readonly by?: 'played' | 'run' | 'run by' | undefined;
  /** Of the block, or what runs it. */
  readonly name: string;
  readonly text: string;
}

export function commandsIn(document: string): Command[] {
  return fencedIn(document)
    .filter(({ language }) => SHELL.test(language))
    .map(({ before, text }) => {
      const [, by, name = ''] = MARK.exec(before) ?? [];
      return { by: by as Command['by'], name, text };
    });
}

export interface Known {
  readonly files: ReadonlySet<string>;
  /** Of package.json, by name. */
  readonly scripts: Readonly<Record<string, string>>;
}

export function commandFaults(documents: Texts, known: Known): string[] {
  return [...documents].flatMap(([path, document]) =>
    commandsIn(document).flatMap((command) => {
      const fault = faultOf(command, path, known);
      return fault === undefined ? [] : [`${path}: ${fault}`];
    }),
  );
}

function faultOf({ by, name, text }: Command, path: string, known: Known): string | undefined {
  switch (by) {
    case undefined:
      return `nothing is said to run “${text.split('\n')[0]}”`;
    case 'played':
      return path === PLAYED_DOCUMENT ? undefined : `${name} is played in ${PLAYED_DOCUMENT} only`;
    case 'run':
      return undefined;
    case 'run by':
      return isRunner(name, known) ? undefined : `there is no ${name} to run a block`;
  }
}

function isRunner(name: string, { files, scripts }: Known): boolean {
  const [, script] = /^npm (?:run )?([\w:-]+)$/.exec(name) ?? [];
  return script === undefined ? isThere(name, files) : script in scripts;
}
