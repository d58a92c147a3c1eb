/** The story's lines: how many seconds in, who does something, and what. */
import { aside, link, print, strong } from '../stack/terminal.ts';
import { words } from '../stack/words.ts';
import { padded } from '../../doctor/columns.ts';
import type { Who } from '../../words/en/story.ts';

let start = performance.now();

export function startClock(): void {
  start = performance.now();
}

/** @param who undefined where the story itself says it */
export function say(who: Who | undefined, what: string): void {
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  const name = who === undefined ? '' : words.who[who];
  print(`${seconds} s  ${strong(padded(name, 9))} ${what}`);
}

/** What was said, in whose words. */
export function quote(said: string): void {
  print(`${' '.repeat(20)}${aside(said)}`);
}

export function pointTo(url: string): void {
  print(`${' '.repeat(20)}${link(url)}`);
}
