/** The findings, for people and for machines. */
import { STATES, type Finding, type State } from './finding.ts';

const WIDTH = 100;

export function isRight(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'fault');
}

/** One object, whose fields stay: others read it. */
export function jsonOf(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isRight(findings), counts: countsOf(findings), findings }, undefined, 2)}\n`;
}

export function textOf(findings: readonly Finding[]): string {
  const wide = Math.max(...findings.map(({ id }) => id.length));
  const lines = findings.flatMap((finding) => linesOf(finding, wide));
  const counts = countsOf(findings);
  const summary = STATES.map((state) => `${counts[state]} ${state}`).join(', ');
  return [...lines, '', summary, ''].join('\n');
}

function linesOf({ id, state, sentence, do: advice }: Finding, wide: number): string[] {
  const head = `${state.padEnd(7)}  ${id.padEnd(wide)}  `;
  const indent = ' '.repeat(head.length);
  const [first = '', ...rest] = wrapped(sentence, WIDTH - head.length);
  const told = advice === null ? [] : wrapped(`→ ${advice}`, WIDTH - head.length);
  return [head + first, ...[...rest, ...told].map((line) => indent + line)];
}

/** A word longer than a line stays whole: it may be a path to copy. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function countsOf(findings: readonly Finding[]): Record<State, number> {
  const count = (state: State) => findings.filter((finding) => finding.state === state).length;
  return {
    ok: count('ok'),
    warning: count('warning'),
    fault: count('fault'),
    unknown: count('unknown'),
  };
}
