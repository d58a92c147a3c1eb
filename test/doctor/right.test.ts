/** Where everything is right, the doctor says so of each thing, in two forms; and it ends soon whatever is away. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startDoctor } from '../support/program.ts';
import { assertHolds, findingOf, notOk, openPatient, type Patient } from './patient.ts';
import { STATES, type Finding } from '../../doctor/finding.ts';
import { textOf } from '../../doctor/report.ts';
import { EN } from '../../words/en.ts';

/** By which machines know them: one that is renamed is a change for whoever reads the JSON. */
const IDS = [
  ...['worker-configuration', 'api-configuration', 'migrate-configuration'],
  ...['temporal-configuration', 'file-modes', 'api-keys', 'report-folder'],
  ...['merchant-key', 'merchant-certificate', 'wechatpay-keys'],
  ...['wechatpay-reachable', 'wechatpay-backup-host', 'wechatpay-clock'],
  ...['our-signature', 'their-signature', 'signing-mode'],
  ...['apiv3-key', 'previous-apiv3-key', 'security-echo', 'pay-score-service'],
  ...['callback-address', 'callback-certificate', 'events-receiver'],
  ...['temporal-reachable', 'temporal-certificate', 'temporal-namespace', 'temporal-retention'],
  ...['search-attributes', 'task-queue', 'temporal-clock'],
  ...['daily-schedule', 'daily-schedule-argument', 'codec-keys', 'former-codec-keys'],
];

const SOON_MS = 15_000;

interface Told {
  readonly ok: boolean;
  readonly counts: Record<string, number>;
  readonly findings: readonly Finding[];
}

describe('the doctor', () => {
  let patient: Patient;
  before(async () => {
    patient = await openPatient();
  });
  after(() => patient.close());

  async function run(variables: Record<string, string>, ...args: string[]) {
    const program = await startDoctor(variables, ...args);
    return { code: await program.exitCode(), text: program.lines.join('\n') };
  }

  it('misses the worker where none has begun yet, and nothing else', async () => {
    const findings = await patient.examined();
    assert.deepEqual(notOk(findings), { 'task-queue': 'fault', 'temporal-clock': 'unknown' });
    assert.match(findingOf(findings, 'task-queue').do ?? '', /Start the worker/);
  });

  it('finds everything right, exits 0, and tells it twice in the same JSON', async () => {
    await patient.heal();
    const first = await run({ ...patient.variables }, '--json');
    assert.equal(first.code, 0, first.text);
    const told = JSON.parse(first.text) as Told;
    assert.deepEqual(Object.keys(told), ['ok', 'counts', 'findings']);
    assert.deepEqual(
      [told.ok, told.counts],
      [true, { ok: IDS.length, warning: 0, fault: 0, unknown: 0 }],
    );
    assert.deepEqual(
      told.findings.map(({ id }) => id),
      IDS,
    );
    for (const finding of told.findings) {
      assert.deepEqual(Object.keys(finding), ['id', 'state', 'sentence', 'do']);
      assert.ok(finding.sentence.endsWith('.'), finding.sentence);
    }
    const second = await run({ ...patient.variables }, '--json');
    assert.equal(second.text, first.text);
  });

  it('tells people one thing after the other, with a sum at the end', async () => {
    const { code, text } = await run({ ...patient.variables });
    assert.equal(code, 0, text);
    assert.ok(text.endsWith(`${IDS.length} ok, 0 warning, 0 fault, 0 unknown`));
    assert.ok(text.split('\n').every((line) => line.length <= 110));
  });

  it('exits 1 where something is not right, and says what to do', async () => {
    const { code, text } = await run({ ...patient.variables, WECHATPAY_SERIAL_NO: 'A'.repeat(40) });
    assert.equal(code, 1);
    assert.match(text, /^fault {4}our-signature .*\n.*→/m);
  });

  it('has a full report of nothing at all', async () => {
    const { code, text } = await run({ TEMPORAL_ADDRESS: '127.0.0.1:1' }, '--json');
    assert.equal(code, 1);
    const told = JSON.parse(text) as Told;
    assert.deepEqual(
      told.findings.map(({ id }) => id),
      IDS,
    );
    assert.ok(told.findings.every(({ state }) => STATES.includes(state)));
    const stateOf = (id: string) => findingOf(told.findings, id).state;
    assert.equal(stateOf('worker-configuration'), 'fault');
    assert.equal(stateOf('our-signature'), 'unknown');
    assertHolds(text, []);
  });

  it('ends soon where somebody listens everywhere and nobody answers', async (t) => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const began = Date.now();
    const findings = await patient.examined({
      TEMPORAL_ADDRESS: address,
      WECHATPAY_BASE_URL: `http://${address}`,
      WECHATPAY_BACKUP_URL: `http://${address}`,
      WECHATPAY_NOTIFY_URL: `http://${address}/wechatpay/notifications`,
    });
    const tookMs = Date.now() - began;
    assert.ok(tookMs < SOON_MS, `${tookMs} ms`);
    assert.equal(findings.length, IDS.length);
    for (const id of ['wechatpay-reachable', 'temporal-reachable', 'callback-address']) {
      assert.equal(findingOf(findings, id).state, 'fault', textOf(findings, EN.doctor));
    }
  });
});
