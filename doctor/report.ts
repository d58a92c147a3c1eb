/** The findings, for people and for machines. */
import { padded, widthOf, wrapped } from './columns.ts';
import type { DoctorWords } from './examination.ts';
import { STATES, type Finding, type State } from './finding.ts';

const WIDTH = 100;

type Words = DoctorWords['report'];

export function isRight(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'fault');
}

/** One object, whose fields, ids and states stay: others read it. */
export function jsonOf(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isRight(findings), counts: countsOf(findings), findings }, undefined, 2)}\n`;
}

export function textOf(
  findings: readonly Finding[],
  { report }: Pick<DoctorWords, 'report'>,
): string {
  const wide = Math.max(...findings.map(({ id }) => id.length));
  const lines = findings.flatMap((finding) => linesOf(finding, wide, report));
  return [...lines, '', report.summary(countsOf(findings)), ''].join('\n');
}

function linesOf(
  { id, state, sentence, do: advice }: Finding,
  wide: number,
  { states }: Words,
): string[] {
  const ofState = Math.max(...STATES.map((it) => widthOf(states[it])));
  const head = `${padded(states[state], ofState)}  ${id.padEnd(wide)}  `;
  const columns = widthOf(head);
  const indent = ' '.repeat(columns);
  const [first = '', ...rest] = wrapped(sentence, WIDTH - columns);
  const told = advice === null ? [] : wrapped(`→ ${advice}`, WIDTH - columns);
  return [head + first, ...[...rest, ...told].map((line) => indent + line)];
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
