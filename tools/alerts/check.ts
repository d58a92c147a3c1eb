/** A command, `npm run check:alerts`: has promtool read the alert rules of each language and run their tests. */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, type Language } from '../../words/language.ts';

const FOLDER = fileURLToPath(new URL('../../ops/prometheus/', import.meta.url));

const WHERE =
  'It is in Debian’s package prometheus (apt-get install --no-install-recommends prometheus) and in Prometheus’ own archives.';

const RUNS = [
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'rules.yml'],
  ['test', 'rules', 'rules.test.yml', 'texts.test.yml'],
];

/** As docker-compose.watch.yml has them: the rules of one language alone. */
const filesIn = (language: Language) => [
  ['prometheus.yml', 'prometheus.yml'],
  [`rules.${language}.yml`, 'rules.yml'],
  ['rules.test.yml', 'rules.test.yml'],
  [`rules.${language}.test.yml`, 'texts.test.yml'],
];

for (const language of LANGUAGES) {
  const cwd = await mkdtemp(join(tmpdir(), 'payscore-alerts-'));
  try {
    for (const [from = '', to = ''] of filesIn(language))
      await copyFile(join(FOLDER, from), join(cwd, to));
    process.stdout.write(`${language}:\n`);
    if (!RUNS.every((run) => passes(run, cwd))) process.exitCode = 1;
  } finally {
    await rm(cwd, { recursive: true });
  }
}

function passes(run: readonly string[], cwd: string): boolean {
  const { error, status } = spawnSync('promtool', run, { cwd, stdio: 'inherit' });
  if (error) {
    process.stderr.write(
      `promtool cannot be run (${(error as NodeJS.ErrnoException).code}). ${WHERE}\n`,
    );
  }
  return status === 0;
}
