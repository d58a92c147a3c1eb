/** An installation in which everything is right, and what the doctor says of it once something has been changed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctorConfig } from '../../config/doctor.ts';
import { wordsFor } from '../../doctor/examination.ts';
import { examine } from '../../doctor/examine.ts';
import type { Finding, State } from '../../doctor/finding.ts';
import { jsonOf, textOf } from '../../doctor/report.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { CODEC_KEY_FILE } from '../support/codec.ts';
import { eventually } from '../support/eventually.ts';
import { openProgramStage } from '../support/program-stage.ts';
import { EN } from '../../words/en.ts';

export type Patient = Awaited<ReturnType<typeof openPatient>>;
export type Variables = Readonly<Record<string, string>>;

/** Without a worker: Temporal remembers one for five minutes. */
export async function openPatient() {
  const stage = await openProgramStage();
  const { stack, wechat } = stage;
  const folder = await mkdtemp(join(tmpdir(), 'payscore-doctor-'));
  const file = async (name: string, content: string | Buffer, mode = 0o600) => {
    await writeFile(join(folder, name), content, { mode });
    return join(folder, name);
  };
  await mkdir(join(folder, 'reports'), { mode: 0o700 });
  const digest = createHash('sha256').update('a key of the shop').digest('hex');
  const variables: Variables = {
    ...stage.variables,
    TEMPORAL_NAMESPACE: 'default',
    WECHATPAY_CERTIFICATES: 'download',
    WECHATPAY_NOTIFY_URL: `${stack.url}/wechatpay/notifications`,
    CODEC_KEY_FILES: await file('codec.key', await readFile(CODEC_KEY_FILE)),
    REPORT_FOLDER: join(folder, 'reports'),
    API_KEYS_FILE: await file('api_keys', `shop read,orders ${digest}\n`),
  };
  const [service] = stack.services;
  await prepareDailySchedule(stack.client, [service]);
  const secrets = await secretsIn(variables);
  let worker: Awaited<ReturnType<typeof stack.startWorker>> | undefined;

  /** Nothing secret is in either form of what it says. */
  async function examined(change: Variables = {}, now?: () => Date): Promise<readonly Finding[]> {
    const config = doctorConfig({ ...variables, ...change });
    const words = wordsFor(config);
    const findings = await examine({ config, words, now: now ?? (() => new Date()) });
    for (const report of [textOf(findings, words), jsonOf(findings)]) assertHolds(report, secrets);
    return findings;
  }

  return {
    ...{ stage, stack, wechat, folder, file, variables, service },
    examined,
    /** With a worker, and so without anything that is not right. */
    async heal() {
      worker ??= await stack.startWorker();
      await eventually('a worker that polls', async () => {
        return Object.keys(notOk(await examined())).length === 0;
      });
    },
    /** What is not right once this is changed: nothing but what is named. */
    async assertFound(expected: Record<string, State>, change: Variables = {}, now?: () => Date) {
      const findings = await examined(change, now);
      assert.deepEqual(notOk(findings), expected, textOf(findings, EN.doctor));
      for (const { state, do: advice } of findings) {
        if (state !== 'ok') assert.ok(advice, 'what is not right has something to do');
      }
      return (id: string) => {
        const { sentence, do: advice } = findingOf(findings, id);
        return `${sentence} → ${advice}`;
      };
    },
    async close() {
      await worker?.stop();
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every line of every file with a key. */
async function secretsIn(variables: Variables): Promise<string[]> {
  const named = Object.entries(variables).filter(([name]) =>
    /(PRIVATE|APIV\d|CODEC)_KEY_FILES?$/.test(name),
  );
  assert.equal(named.length, 4);
  const texts = await Promise.all(named.map(([, path]) => readFile(path, 'utf8')));
  const lines = texts.flatMap((text) => text.trim().split('\n'));
  return lines.filter((line) => !line.startsWith('-----'));
}

export function assertHolds(report: string, secrets: readonly string[]): void {
  for (const secret of secrets) assert.ok(!report.includes(secret), 'a secret is in the report');
  assert.doesNotMatch(report, /BEGIN|signature="|openid/);
}

/** Those that are not `ok`. */
export function notOk(findings: readonly Finding[]): Record<string, State> {
  const found = findings.filter(({ state }) => state !== 'ok');
  return Object.fromEntries(found.map(({ id, state }) => [id, state]));
}

export function findingOf(findings: readonly Finding[], id: string): Finding {
  const found = findings.find((finding) => finding.id === id);
  assert.ok(found, id);
  return found;
}
