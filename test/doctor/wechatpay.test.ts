/** Faults between us and WeChat Pay. Each is planted alone; beside it only what depends on it is not answered. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Service } from '../../payscore/order/opening.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { openPatient, type Patient } from './patient.ts';

const TEN_MINUTES_MS = 600_000;
const NOT_VALID_YET = { 'merchant-certificate': 'fault' } as const;

describe('the doctor finds, of WeChat Pay,', () => {
  let patient: Patient;
  let found: Patient['assertFound'];
  before(async () => {
    patient = await openPatient();
    await patient.heal();
    found = patient.assertFound;
  });
  after(() => patient.close());
  afterEach(async () => {
    const { people } = patient.stack;
    await people.setKeys({ mode: 'both' });
    await people.clearFaults();
    await people.resetPolicies();
  });

  it('nobody at its address', async () => {
    const told = await found(
      {
        'wechatpay-reachable': 'fault',
        'wechatpay-clock': 'unknown',
        'our-signature': 'unknown',
        'their-signature': 'unknown',
        ...UNHEARD,
      },
      { WECHATPAY_BASE_URL: 'http://127.0.0.1:1' },
    );
    assert.match(
      told('wechatpay-reachable'),
      /127.0.0.1:1: no answer from WeChat Pay: ECONNREFUSED/,
    );
  });

  it('nobody at the backup host', async () => {
    await found(
      { 'wechatpay-backup-host': 'warning' },
      { WECHATPAY_BACKUP_URL: 'http://127.0.0.1:1' },
    );
  });

  it('somebody else at its address', async (t) => {
    const other = createServer((_request, response) => void response.end('{}')).listen(
      0,
      '127.0.0.1',
    );
    await once(other, 'listening');
    t.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const told = await found(
      { 'our-signature': 'unknown', 'their-signature': 'fault', ...UNHEARD },
      { WECHATPAY_BASE_URL: `http://127.0.0.1:${port}` },
    );
    assert.match(told('their-signature'), /is not signed \(HTTP 200/);
  });

  for (const [words, ms, says, too] of [
    ['ahead', TEN_MINUTES_MS, /(599|60\d) s ahead of WeChat Pay’s/, {}],
    // By that clock, what was issued a moment ago is not valid yet.
    ['behind', -TEN_MINUTES_MS, /(599|60\d) s behind WeChat Pay’s/, NOT_VALID_YET],
  ] as const) {
    it(`that our clock is ten minutes ${words}, and nothing of keys`, async () => {
      const told = await found(
        {
          'wechatpay-clock': 'fault',
          'temporal-clock': 'fault',
          'our-signature': 'unknown',
          'their-signature': 'unknown',
          ...UNHEARD,
          ...too,
        },
        {},
        () => new Date(Date.now() + ms),
      );
      assert.match(told('wechatpay-clock'), says);
      assert.match(told('their-signature'), /See wechatpay-clock/);
    });
  }

  it('that our clock is a little off', async () => {
    await found({ 'wechatpay-clock': 'warning' }, {}, () => new Date(Date.now() + 20_000));
  });

  it('another APIv3 key', async () => {
    const told = await found(
      { 'apiv3-key': 'fault' },
      { WECHATPAY_APIV3_KEY_FILE: await patient.file('other_v3.txt', 'k'.repeat(32)) },
    );
    assert.match(told('apiv3-key'), /no callback can be read/);
  });

  it('another APIv3 key, where certificates are all that is believed', async () => {
    await found(
      {
        'apiv3-key': 'fault',
        'wechatpay-keys': 'unknown',
        ...UNPROVEN,
      },
      {
        ...WITHOUT_PUBLIC_KEY,
        WECHATPAY_APIV3_KEY_FILE: await patient.file('other_v3.txt', 'k'.repeat(32)),
      },
    );
  });

  it('another public key under the right id', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const told = await found(
      {
        ...UNPROVEN,
        'their-signature': 'fault',
      },
      { WECHATPAY_PUBLIC_KEY_FILE: await patient.file('other_pub.pem', String(pem)) },
    );
    assert.match(told('their-signature'), /signed under PUB_KEY_ID_\d+, and the key that we hold/);
  });

  it('another id of the public key', async () => {
    const told = await found(
      { 'signing-mode': 'fault', ...UNPROVEN },
      { WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0000000000' },
    );
    assert.match(told('signing-mode'), /Asked for an answer under PUB_KEY_ID_0000000000/);
  });

  it('certificate mode, where a public key is configured', async () => {
    await patient.stack.people.setKeys({ mode: 'certificate' });
    await found({ 'signing-mode': 'fault', ...UNPROVEN });
    const told = await found(
      {
        'signing-mode': 'fault',
        ...UNPROVEN,
        'their-signature': 'fault',
      },
      { WECHATPAY_CERTIFICATES: '' },
    );
    assert.match(told('signing-mode'), /WECHATPAY_CERTIFICATES=download/);
  });

  it('public-key mode, where certificates are configured', async () => {
    await patient.stack.people.setKeys({ mode: 'public-key' });
    const told = await found(
      {
        'wechatpay-keys': 'unknown',
        'signing-mode': 'fault',
        'apiv3-key': 'unknown',
        ...UNPROVEN,
      },
      WITHOUT_PUBLIC_KEY,
    );
    assert.match(told('signing-mode'), /Set WECHATPAY_PUBLIC_KEY_ID/);
  });

  it('public-key mode, in which the APIv3 key has nothing to open', async () => {
    await patient.stack.people.setKeys({ mode: 'public-key' });
    const told = await found({ 'apiv3-key': 'unknown' });
    assert.match(told('apiv3-key'), /encrypts nothing else that can be asked for/);
  });

  it('certificates beside the public key, which are not configured', async () => {
    await found({ 'signing-mode': 'warning' }, { WECHATPAY_CERTIFICATES: '' });
  });

  it('everything right with certificates alone, downloaded or from a file', async () => {
    await patient.stack.people.setKeys({ mode: 'certificate' });
    await found({}, WITHOUT_PUBLIC_KEY);
    await found(
      {},
      {
        ...WITHOUT_PUBLIC_KEY,
        WECHATPAY_CERTIFICATES: '',
        WECHATPAY_CERTIFICATE_FILES: join(patient.wechat.folder, 'wechatpay_cert.pem'),
      },
    );
  });

  it('a newer certificate of the merchant’s than the one that signs', async (t) => {
    const { people, merchant } = patient.stack;
    const pem = patient.variables['WECHATPAY_PRIVATE_KEY_FILE']!;
    const key = await readFile(pem);
    const certificate = await readFile(join(patient.wechat.folder, 'apiclient_cert.pem'));
    const serial = merchant.serial_no;
    const { serial_no } = await people.addApiCertificate();
    t.after(() => people.revokeApiCertificate(serial_no));
    await found(
      { 'security-echo': 'warning' },
      {
        WECHATPAY_SERIAL_NO: serial,
        WECHATPAY_PRIVATE_KEY_FILE: await patient.file('former.pem', key),
        WECHATPAY_MERCHANT_CERTIFICATE_FILE: await patient.file('former_cert.pem', certificate),
      },
    );
  });

  it('an app that is not of the service', async () => {
    const told = await found(
      // The schedule is for the other app.
      { 'pay-score-service': 'fault', 'daily-schedule-argument': 'fault' },
      { WECHATPAY_APPID: 'wx0000000000000000' },
    );
    assert.match(told('pay-score-service'), /WeChat Pay answers 4\d\d to a query/);
  });

  it('nothing against several services, and which of them has something against it', async () => {
    const { service, stack } = patient;
    const lockers = { appid: 'wx00000000lockers0', service_id: '50000000000000000000000000000002' };
    await stack.people.openService(lockers.service_id, { appids: [lockers.appid] });
    const listed = (...pairs: Pick<Service, 'appid' | 'service_id'>[]) => ({
      ...{ WECHATPAY_APPID: '', WECHATPAY_SERVICE_ID: '' },
      WECHATPAY_SERVICES: pairs.map((pair) => `${pair.appid}/${pair.service_id}`).join(','),
    });
    await prepareDailySchedule(stack.client, [service, { ...service, ...lockers }]);
    const well = await found({}, listed(service, lockers));
    assert.match(well('pay-score-service'), new RegExp(`${service.service_id}.*${lockers.appid}`));
    const unlike = { 'daily-schedule-argument': 'fault' } as const;
    await found(unlike, listed(lockers, service));
    await found(unlike, listed(service));
    const other = { ...lockers, service_id: '7' };
    const told = await found({ ...unlike, 'pay-score-service': 'fault' }, listed(service, other));
    assert.match(told('pay-score-service'), /answers 4\d\d to a query for the service 7 and wx/);
    assert.doesNotMatch(told('pay-score-service'), new RegExp(service.service_id));
    await prepareDailySchedule(stack.client, [service]);
  });

  it('a failure that passes', async () => {
    await patient.stack.people.planFault({ fault: 'not-executed-500', call: 'query' });
    await found({ 'our-signature': 'unknown', 'pay-score-service': 'unknown' });
  });
});

const WITHOUT_PUBLIC_KEY = { WECHATPAY_PUBLIC_KEY_ID: '', WECHATPAY_PUBLIC_KEY_FILE: '' };

/** What depends on knowing who answered. */
const UNPROVEN = {
  'our-signature': 'unknown',
  'their-signature': 'unknown',
  'security-echo': 'unknown',
  'pay-score-service': 'unknown',
} as const;

/** What depends on an answer that is WeChat Pay's. */
const UNHEARD = {
  'signing-mode': 'unknown',
  'apiv3-key': 'unknown',
  'security-echo': 'unknown',
  'pay-score-service': 'unknown',
} as const;
