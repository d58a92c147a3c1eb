/** The files of `ops/` that are there in each language: what they should be, from the English ones and the catalogue. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { dashboardIn } from './dashboard.ts';
import { rulesIn } from './rules.ts';
import { LANGUAGES, type Language } from '../../words/language.ts';
import { wordsOutside } from '../../words/outside.ts';

const OPS = fileURLToPath(new URL('../../ops/', import.meta.url));

/** What they ask is written in these, by hand or in Grafana. */
const RULES = `${OPS}prometheus/rules.en.yml`;
const DASHBOARD = `${OPS}grafana/dashboard.en.json`;

/** By path. */
export async function filesOfEachLanguage(): Promise<ReadonlyMap<string, string>> {
  const rules = await readFile(RULES, 'utf8');
  const dashboard = await readFile(DASHBOARD, 'utf8');
  const files = LANGUAGES.flatMap((language) => {
    const words = wordsOutside(language);
    return [
      [pathIn(language, RULES), rulesIn(words.alerts, rules)],
      [pathIn(language, DASHBOARD), dashboardIn(words.dashboard, dashboard)],
    ] as const;
  });
  return new Map(
    await Promise.all(
      files.map(async ([path, text]) => [path, await formatted(path, text)] as const),
    ),
  );
}

function pathIn(language: Language, english: string): string {
  return english.replace(/\.en\.(\w+)$/, `.${language}.$1`);
}

async function formatted(filepath: string, text: string): Promise<string> {
  return await format(text, { ...(await resolveConfig(filepath)), filepath });
}
