/** What the documents tell one to type beside `npm start`, typed as it stands there. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { commandsIn } from '../../tools/documents/commands.ts';
import { isInChinese } from '../../tools/documents/languages.ts';
import { files, textsOf } from '../../tools/documents/repository.ts';
import { steadyPort } from '../support/port.ts';
import { startProgram, type Program } from '../support/program.ts';

/** Where the documents say that each listens, by the variable that moves it. */
const PORTS = {
  API_PORT: 3000,
  WORKER_PORT: 3001,
  API_METRICS_PORT: 3002,
  EVENTS_PORT: 3003,
  LOCAL_TEMPORAL_PORT: 7233,
  LOCAL_TEMPORAL_UI_PORT: 8233,
  SIMULATOR_PORT: 9080,
} as const;
const PORT_NAMES = Object.keys(PORTS) as (keyof typeof PORTS)[];

/** A refusal ends the page; what was answered is shown all the same. */
const PRELUDE = `
set -euo pipefail
curl() { command curl --silent --show-error --fail-with-body --max-time 60 "$@"; }
`;

const pages = await pagesToRun();
const moved: Record<string, string> = {};
let folder: string;
let stack: Program | undefined;

describe('documents', () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-documents-'));
    for (const name of PORT_NAMES) moved[name] = String(await steadyPort());
    const env = { ...moved, LOCAL_FOLDER: join(folder, 'state'), POLL_DELAYS: '2s' };
    stack = startProgram('local/start.ts', env);
    await stack.saw(/Everything stays up/, 180_000);
  });

  after(async () => {
    await stack?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('say something that can be run', () => assert.ok(pages.length > 0));

  for (const { path, script } of pages) {
    it(`${path} is run from its first block to its last`, async () => {
      const place = await mkdtemp(join(folder, 'page-'));
      const bash = spawn('bash', ['-c', PRELUDE + atOurPorts(script)], {
        cwd: place,
        stdio: 'pipe',
      });
      bash.stdin.end();
      const [printed, code] = await Promise.all([
        Promise.all([text(bash.stdout), text(bash.stderr)]),
        new Promise((resolve) => bash.once('close', resolve)),
      ]);
      assert.equal(code, 0, printed.join('\n'));
    });
  }
});

/** A page is typed into one shell, as its reader does: later blocks use what earlier ones have set. */
async function pagesToRun() {
  // The blocks of those in Chinese are the same, which the check of the documents holds.
  const documents = [...(await files())].filter(
    (path) => path.endsWith('.md') && !isInChinese(path),
  );
  return [...(await textsOf(documents.toSorted()))].flatMap(([path, document]) => {
    const blocks = commandsIn(document).filter(({ by }) => by === 'run');
    const script = blocks.map((block) => `echo '--- ${block.name}' >&2\n${block.text}`).join('\n');
    return blocks.length > 0 ? [{ path, script }] : [];
  });
}

function atOurPorts(script: string): string {
  return PORT_NAMES.reduce(
    (moving, name) =>
      moving.replaceAll(
        new RegExp(`127\\.0\\.0\\.1:${PORTS[name]}\\b`, 'g'),
        `127.0.0.1:${moved[name]}`,
      ),
    script,
  );
}
