/** The alert rules in one language: what they ask stays, what they say is the catalogue's. */
import { parse, stringify } from 'yaml';

/** What the rule says under `annotations`. */
type Annotations = Readonly<Record<string, string>>;
export type AlertTexts = Readonly<Record<string, Annotations>>;

const ALERT = /^ +- alert: (\w+)$/;
/** Each is one line. */
const ANNOTATION = /^( {10})(\w+): /;

/** @throws {Error} where a rule has no texts, or texts have no rule */
export function rulesIn(texts: AlertTexts, rules: string): string {
  let alert = '';
  const lines = rules.split('\n').map((line) => {
    alert = ALERT.exec(line)?.[1] ?? alert;
    const [, indent, name = ''] = ANNOTATION.exec(line) ?? [];
    const text = indent === undefined ? undefined : texts[alert]?.[name];
    return text === undefined ? line : `${indent}${name}: ${scalar(text)}`;
  });
  const said = lines.join('\n');
  const apart = differing(texts, annotationsIn(said));
  if (apart.length > 0) throw new Error(`rules and texts do not go together: ${apart.join(', ')}`);
  return said;
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, singleQuote: true }).trimEnd();
}

function annotationsIn(rules: string): AlertTexts {
  const { groups } = parse(rules) as {
    groups: readonly {
      rules: readonly { alert: string; annotations: Annotations }[];
    }[];
  };
  return Object.fromEntries(
    groups.flatMap((group) => group.rules.map((rule) => [rule.alert, rule.annotations])),
  );
}

/** The alerts that do not say what they should. */
function differing(wanted: AlertTexts, there: AlertTexts): string[] {
  const names = new Set([...Object.keys(wanted), ...Object.keys(there)]);
  return [...names].filter((name) => sorted(wanted[name]) !== sorted(there[name]));
}

function sorted(annotations: Annotations = {}): string {
  return JSON.stringify(
    annotations,
    Object.keys(annotations).toSorted((a, b) => a.localeCompare(b)),
  );
}
