/** A command, `npm run check:alerts`: has promtool read the alert rules and run their tests. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../ops/prometheus/', import.meta.url));

const WHERE =
  'It is in Debian’s package prometheus (apt-get install --no-install-recommends prometheus) and in Prometheus’ own archives.';

const RUNS = [
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'rules.yml'],
  ['test', 'rules', 'rules.test.yml'],
];

for (const run of RUNS) {
  const { error, status } = spawnSync('promtool', run, { cwd: FOLDER, stdio: 'inherit' });
  if (error) {
    process.stderr.write(
      `promtool cannot be run (${(error as NodeJS.ErrnoException).code}). ${WHERE}\n`,
    );
    process.exit(1);
  }
  if (status !== 0) process.exit(1);
}
