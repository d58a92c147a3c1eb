/** Faults of this machine: variables, files, the merchant's own keys. Each is planted alone, and found alone. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { doctorConfig } from '../../config/doctor.ts';
import { fileModesCheck } from '../../doctor/configuration/file-modes.ts';
import { reportFolderCheck } from '../../doctor/configuration/report-folder.ts';
import { openPatient, type Patient, type Variables } from './patient.ts';
import { EN } from '../../words/en.ts';

const DAY_MS = 24 * 3_600_000;
const NOBODY = 65_534;

describe('the doctor finds, of this machine,', () => {
  let patient: Patient;
  let found: Patient['assertFound'];
  before(async () => {
    patient = await openPatient();
    await patient.heal();
    found = patient.assertFound;
  });
  after(() => patient.close());

  it('a variable that cannot be used, by each program that reads it', async () => {
    const told = await found(
      {
        'worker-configuration': 'fault',
        'api-configuration': 'fault',
        'migrate-configuration': 'fault',
      },
      { LOG_LEVEL: 'loud' },
    );
    assert.match(told('worker-configuration'), /LOG_LEVEL/);
  });

  it('where Temporal is not said in a way that can be used', async () => {
    const told = await found(
      {
        'temporal-configuration': 'fault',
        ...Object.fromEntries(OF_TEMPORAL.map((id) => [id, 'unknown'] as const)),
      },
      { TEMPORAL_ADDRESS: 'http://temporal.example.com' },
    );
    assert.match(told('temporal-configuration'), /TEMPORAL_ADDRESS must be host:port/);
    assert.match(told('daily-schedule'), /See temporal-configuration/);
  });

  it('that a half of the configuration is the worker’s, and reports on that', async () => {
    const {
      WECHATPAY_APPID: _appid,
      WECHATPAY_SERVICE_ID: _service,
      WECHATPAY_NOTIFY_URL: _url,
      API_KEYS_FILE: _keys,
      ...ofWorker
    } = patient.variables;
    const told = await found(
      {
        'api-configuration': 'unknown',
        'migrate-configuration': 'unknown',
        'api-keys': 'unknown',
        'pay-score-service': 'unknown',
        'callback-address': 'unknown',
        'callback-certificate': 'unknown',
      },
      { ...empty(patient.variables), ...ofWorker },
    );
    assert.match(told('callback-address'), /WECHATPAY_NOTIFY_URL is not set here/);
  });

  it('that a half of the configuration is the API’s, which signs nothing', async () => {
    const { WECHATPAY_PRIVATE_KEY_FILE: _key, ...ofApi } = patient.variables;
    await found(
      {
        'worker-configuration': 'unknown',
        ...Object.fromEntries(BY_SIGNATURE.map((id) => [id, 'unknown'] as const)),
      },
      { ...empty(patient.variables), ...ofApi },
    );
  });

  for (const [variable, mode, says] of [
    ['WECHATPAY_PRIVATE_KEY_FILE', 0o644, /0644: everybody may read it/],
    ['WECHATPAY_APIV3_KEY_FILE', 0o604, /0604: everybody may read it/],
    ['CODEC_KEY_FILES', 0o644, /0644: everybody may read it/],
    ['WECHATPAY_PUBLIC_KEY_FILE', 0o666, /0666, so that others may write it/],
    ['API_KEYS_FILE', 0o620, /0620, so that others may write it/],
  ] as const) {
    it(`${variable} with the mode ${mode.toString(8)}`, async (t) => {
      const path = patient.variables[variable]!;
      await chmod(path, mode);
      t.after(() => chmod(path, 0o600));
      const told = await found({ 'file-modes': 'fault' });
      assert.match(told('file-modes'), says);
      assert.ok(told('file-modes').includes(variable));
    });
  }

  it('a key that a group may read, which may be meant', async (t) => {
    const path = patient.variables['WECHATPAY_APIV2_KEY_FILE']!;
    await chmod(path, 0o640);
    t.after(() => chmod(path, 0o600));
    await found({ 'file-modes': 'warning' });
  });

  it('a key of somebody else’s, as in a container, which everybody may read', async (t) => {
    const path = await patient.file('of-root.key', 'a key', 0o644);
    await chmod(patient.folder, 0o711);
    t.after(() => chmod(patient.folder, 0o700));
    const { look } = fileModesCheck({
      config: { files: [{ variable: 'KEY', path, isSecret: true }] },
      words: EN.doctor,
    });
    const { state, sentence } = await asNobody(look);
    // Who is not root owns it, and can do better.
    assert.equal(state, process.getuid?.() === 0 ? 'warning' : 'fault', sentence);
  });

  it('a folder in which others may replace the keys', async (t) => {
    await chmod(patient.folder, 0o777);
    t.after(() => chmod(patient.folder, 0o700));
    const told = await found({ 'file-modes': 'fault' });
    assert.match(told('file-modes'), /others may replace the file/);
  });

  it('a private key of another pair', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const told = await found(
      {
        // A worker that is given the certificate compares them as well.
        'worker-configuration': 'fault',
        'merchant-key': 'fault',
        'our-signature': 'fault',
        ...UNHEARD,
      },
      {
        WECHATPAY_PRIVATE_KEY_FILE: await patient.file('other_key.pem', String(pem)),
        WECHATPAY_MERCHANT_CERTIFICATE_FILE: join(patient.wechat.folder, 'apiclient_cert.pem'),
      },
    );
    assert.match(told('our-signature'), /answers SIGN_ERROR/);
  });

  it('another serial', async () => {
    const told = await found(
      { 'merchant-key': 'fault', 'our-signature': 'fault', ...UNHEARD },
      { WECHATPAY_SERIAL_NO: 'AB'.repeat(20) },
    );
    assert.match(
      told('merchant-key'),
      /serial is [0-9A-F]{40}, and WECHATPAY_SERIAL_NO is (AB){20}/,
    );
  });

  it('no certificate of the merchant’s, of which nothing is then known', async () => {
    const pem = await readFile(patient.variables['WECHATPAY_PRIVATE_KEY_FILE']!);
    await mkdir(join(patient.folder, 'alone'), { mode: 0o700 });
    const told = await found(
      { 'merchant-key': 'unknown', 'merchant-certificate': 'unknown' },
      { WECHATPAY_PRIVATE_KEY_FILE: await patient.file('alone/key.pem', pem) },
    );
    assert.match(told('merchant-certificate'), /Put apiclient_cert\.pem beside/);
  });

  it('that the merchant’s certificate is soon to end, and that it has ended', async () => {
    const { validTo } = new X509Certificate(patient.stack.merchant.certificate);
    const { 'merchant-certificate': soon } = await states(
      new Date(Date.parse(validTo) - 29 * DAY_MS),
    );
    assert.equal(soon, 'warning');
    const { 'merchant-certificate': over } = await states(new Date(Date.parse(validTo) + DAY_MS));
    assert.equal(over, 'fault');
  });

  it('that the last certificate of WeChat Pay’s in a file is soon to end, and that it has ended', async () => {
    const { platform_certificate } = patient.stack.merchant;
    const end = Date.parse(new X509Certificate(platform_certificate).validTo);
    const change = {
      WECHATPAY_CERTIFICATES: '',
      WECHATPAY_CERTIFICATE_FILES: await patient.file('platform.pem', platform_certificate),
    };
    const { 'wechatpay-keys': soon } = await states(new Date(end - 29 * DAY_MS), change);
    assert.equal(soon, 'warning');
    const { 'wechatpay-keys': over } = await states(new Date(end + DAY_MS), change);
    assert.equal(over, 'fault');
  });

  it('that the former APIv3 key has had its time', async () => {
    await found(
      { 'previous-apiv3-key': 'warning' },
      {
        WECHATPAY_APIV3_PREVIOUS_KEY_FILE: await patient.file('old_key.txt', 'o'.repeat(32)),
        WECHATPAY_APIV3_PREVIOUS_KEY_UNTIL: '2026-01-01T00:00:00+08:00',
      },
    );
  });

  it('a folder for reports that is a file, or under one', async () => {
    const file = await patient.file('no-folder', '');
    for (const REPORT_FOLDER of [file, join(file, 'reports')]) {
      await found({ 'report-folder': 'fault' }, { REPORT_FOLDER });
    }
  });

  it('a folder for reports that is not there yet, and one into which others look', async () => {
    const REPORT_FOLDER = join(patient.folder, 'later');
    await found({ 'report-folder': 'warning' }, { REPORT_FOLDER });
    await assert.rejects(stat(REPORT_FOLDER));
    await mkdir(REPORT_FOLDER);
    await chmod(REPORT_FOLDER, 0o755);
    const told = await found({ 'report-folder': 'warning' }, { REPORT_FOLDER });
    assert.match(told('report-folder'), /Others may look into/);
    await chmod(REPORT_FOLDER, 0o777);
    await found({ 'report-folder': 'fault' }, { REPORT_FOLDER });
    await rm(REPORT_FOLDER, { recursive: true });
  });

  it('a folder for reports in which its user may not write', async (t) => {
    const { folder, variables } = patient;
    const { look } = reportFolderCheck({ config: doctorConfig(variables), words: EN.doctor });
    const reports = variables['REPORT_FOLDER']!;
    t.after(() => Promise.all([chmod(folder, 0o700), chmod(reports, 0o700)]));
    await chmod(folder, 0o711);
    await chmod(reports, 0o555);
    const { state, sentence } = await asNobody(look);
    assert.equal(state, 'fault', sentence);
    assert.match(sentence, /lets user \d+ not write there \(EACCES\)/);
  });

  it('API keys that cannot be read', async () => {
    const told = await found(
      { 'api-configuration': 'fault', 'api-keys': 'unknown' },
      { API_KEYS_FILE: await patient.file('bad_keys', 'shop everything\n') },
    );
    assert.match(told('api-configuration'), /API_KEYS_FILE line 1 must have scopes/);
  });

  async function states(now: Date, change: Variables = {}): Promise<Record<string, string>> {
    const findings = await patient.examined(change, () => now);
    return Object.fromEntries(findings.map(({ id, state }) => [id, state]));
  }
});

/** Nothing keeps root out. */
async function asNobody<T>(look: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await look();
  process.seteuid!(NOBODY);
  try {
    return await look();
  } finally {
    process.seteuid!(0);
  }
}

/** What depends on a call that WeChat Pay takes. */
const UNHEARD = {
  'signing-mode': 'unknown',
  'apiv3-key': 'unknown',
  'security-echo': 'unknown',
  'pay-score-service': 'unknown',
} as const;

const BY_SIGNATURE = [
  ...['merchant-key', 'merchant-certificate', 'wechatpay-keys', 'wechatpay-reachable'],
  ...['wechatpay-clock', 'our-signature', 'their-signature'],
  ...Object.keys(UNHEARD),
];

const OF_TEMPORAL = [
  ...['temporal-reachable', 'temporal-certificate', 'temporal-namespace', 'temporal-retention'],
  ...['search-attributes', 'task-queue', 'temporal-clock'],
  ...['daily-schedule', 'daily-schedule-argument', 'codec-keys'],
];

/** A variable that is empty is not set. */
function empty(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
}
