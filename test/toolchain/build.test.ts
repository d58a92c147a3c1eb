/** What `npm run build` makes runs under plain node. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, test } from 'node:test';
import { apiDocument } from '../../api/openapi/document.ts';
import { ROOT } from '../../local/stack/settings.ts';
import { builtPrograms, buildSources } from '../support/build.ts';

let folder: string;

before(async () => {
  folder = await builtPrograms();
});

test('the image is built from all that the build includes', async () => {
  const admitted = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
  const files = (await readdir(ROOT)).filter((name) => /^[a-z-]+\.ts$/.test(name));
  for (const name of [...(await buildSources()), ...files])
    assert.ok(admitted.includes(`!${name}`), name);
});

for (const program of ['api', 'worker']) {
  test(`${program} names what its configuration lacks, and ends with 1`, async () => {
    const { code, stderr } = await run([`dist/${program}/main.js`]);
    assert.equal(code, 1);
    assert.match(stderr, /^The configuration has faults:\n {2}WECHATPAY_MCHID is missing\n/);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
}

test('doctor reports on nothing at all, and ends with 1', async () => {
  const { code, stdout, stderr } = await run(['dist/doctor/main.js']);
  assert.equal(code, 1);
  assert.match(stdout, /^fault {4}worker-configuration +WECHATPAY_MCHID is missing/);
  assert.equal(stderr, '');
});

test('the simulator says where it listens, and ends on SIGTERM', async (t) => {
  const keys = await mkdtemp(join(tmpdir(), 'payscore-build-'));
  t.after(() => rm(keys, { recursive: true }));
  const simulator = spawn(process.execPath, ['dist/simulator/main.js'], {
    cwd: folder,
    env: { SIMULATOR_PORT: '0', SIMULATOR_FOLDER: keys },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(simulator, 'exit');
  try {
    for await (const line of createInterface({ input: simulator.stdout })) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url === undefined) continue;
      assert.equal((await fetch(`${url}/_control/clock`)).status, 200);
      break;
    }
  } finally {
    simulator.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
});

test('a worker begins with the workflows that the build bundled', async () => {
  const path = join(folder, 'dist/worker/workflow-code.js');
  const { workflowCodeIn } = (await import(path)) as typeof import('../../worker/workflow-code.ts');
  const built = await readFile(join(folder, 'dist/workflow-code.js'), 'utf8');
  const { code } = await workflowCodeIn('zh');
  assert.ok(code.endsWith(built));
  assert.match(code, /serviceOrder/);
});

test('the build has the API’s document, and its page with all that the page asks for', async () => {
  const read = async (name: string) => await readFile(join(folder, 'dist', name), 'utf8');
  assert.deepEqual(
    JSON.parse(await read('openapi.json')),
    JSON.parse(JSON.stringify(apiDocument())),
  );
  const page = await read('docs.html');
  for (const [, target = ''] of page.matchAll(/<(?:link|a) [^>]*href="([^"#]+)"/g))
    await read(target);
});

function run(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: folder, env: {} }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
