/** The story's lines: how many seconds in, who does something, and what. */
import { aside, link, print, strong } from '../stack/terminal.ts';

let start = performance.now();

export function startClock(): void {
  start = performance.now();
}

export function say(who: string, what: string): void {
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  print(`${seconds} s  ${strong(who.padEnd(9))} ${what}`);
}

/** What was said, in whose words. */
export function quote(words: string): void {
  print(`${' '.repeat(20)}${aside(words)}`);
}

export function pointTo(url: string): void {
  print(`${' '.repeat(20)}${link(url)}`);
}
