/** Environment → configuration: defaults, every fault at once, no secret in a message. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiConfig, migrateConfig, temporalConfig, workerConfig } from '../../config/programs.ts';
import {
  api,
  API_V3_KEY,
  apiFaults,
  faultsOf,
  folder,
  namesIn,
  PUBLIC_KEY_ID,
  SECRET,
  secretFile,
  worker,
  workerFaults,
} from './environment.ts';

test('the API needs no more than the merchant, the service and WeChat’s key', () => {
  const config = apiConfig(api);
  assert.deepEqual(
    [config.API_HOST, config.API_PORT, config.LOG_LEVEL],
    ['127.0.0.1', 3000, 'info'],
  );
  assert.equal(config.API_KEYS_FILE, undefined);
  assert.equal(config.WECHATPAY_APIV3_KEY_FILE.toString(), API_V3_KEY);
  assert.equal(config.verificationKeys.expectedSerial(new Date()), PUBLIC_KEY_ID);
  assert.equal(config.WECHATPAY_CERTIFICATES, 'files');
  assert.equal(config.OPENINGS_MAY_EXIST, false);
});

test('the worker talks to WeChat Pay itself unless it is told otherwise', () => {
  const config = workerConfig(worker);
  assert.equal(config.WECHATPAY_BASE_URL, 'https://api.mch.weixin.qq.com');
  assert.deepEqual([config.WORKER_HOST, config.WORKER_PORT], ['127.0.0.1', 3001]);
  assert.equal(config.WECHATPAY_BACKUP_URL, 'https://api2.mch.weixin.qq.com');
  assert.equal(config.POLL_DELAYS, undefined);
  assert.equal(config.WECHATPAY_CALLS_PER_SECOND, 50);
  assert.equal(config.WECHATPAY_APIV3_KEY_FILE.toString(), API_V3_KEY);
  assert.equal(config.WECHATPAY_PRIVATE_KEY_FILE.type, 'private');
});

test('finished orders stay readable for 120 days unless told otherwise', () => {
  assert.equal(migrateConfig({}).TEMPORAL_RETENTION_DAYS, 120);
  assert.equal(migrateConfig({ TEMPORAL_RETENTION_DAYS: '7' }).TEMPORAL_RETENTION_DAYS, 7);
  for (const days of ['0', '-1', '1.5', 'long']) {
    const faults = faultsOf(migrateConfig, { TEMPORAL_RETENTION_DAYS: days });
    assert.deepEqual(namesIn(faults), ['TEMPORAL_RETENTION_DAYS']);
  }
});

test('migrate prepares the daily schedule where all of its variables are given, or none', () => {
  const { WECHATPAY_MCHID, WECHATPAY_APPID, WECHATPAY_SERVICE_ID, WECHATPAY_NOTIFY_URL } = api;
  const given = { WECHATPAY_MCHID, WECHATPAY_APPID, WECHATPAY_SERVICE_ID, WECHATPAY_NOTIFY_URL };
  const { CODEC_KEY_FILES } = api;
  assert.equal(migrateConfig({}).scheduledServices, undefined);
  assert.deepEqual(namesIn(faultsOf(migrateConfig, given)), ['CODEC_KEY_FILES']);
  assert.deepEqual(migrateConfig({ ...given, CODEC_KEY_FILES }).scheduledServices, [
    {
      mchid: WECHATPAY_MCHID,
      appid: WECHATPAY_APPID,
      service_id: WECHATPAY_SERVICE_ID,
      notify_url: WECHATPAY_NOTIFY_URL,
    },
  ]);
  for (const name of Object.keys(given)) {
    const faults = faultsOf(migrateConfig, { ...given, CODEC_KEY_FILES, [name]: undefined });
    assert.deepEqual(namesIn(faults), [name]);
  }
});

const ONE = ['WECHATPAY_APPID', 'WECHATPAY_SERVICE_ID'] as const;
const NEITHER = Object.fromEntries(ONE.map((name) => [name, undefined]));

test('several services are a list, in its order, of one merchant and with one callback address', () => {
  const WECHATPAY_SERVICES = 'wx1/500, wx2/500,wx1/501';
  const { WECHATPAY_MCHID: mchid, WECHATPAY_NOTIFY_URL: notify_url } = api;
  const expected = [
    { mchid, appid: 'wx1', service_id: '500', notify_url },
    { mchid, appid: 'wx2', service_id: '500', notify_url },
    { mchid, appid: 'wx1', service_id: '501', notify_url },
  ];
  const given = { ...api, ...NEITHER, WECHATPAY_SERVICES };
  assert.deepEqual(apiConfig(given).services, expected);
  assert.deepEqual(migrateConfig(given).scheduledServices, expected);
});

test('one service is two variables', () => {
  const [service, ...others] = apiConfig(api).services;
  assert.deepEqual(
    [service.appid, service.service_id, others],
    [api.WECHATPAY_APPID, api.WECHATPAY_SERVICE_ID, []],
  );
});

for (const [what, change, names] of [
  ['a list beside the app', { WECHATPAY_SERVICES: 'wx1/500' }, ['WECHATPAY_SERVICES']],
  [
    'a list beside half of a service',
    { WECHATPAY_SERVICES: 'wx1/500', WECHATPAY_APPID: undefined },
    ['WECHATPAY_SERVICES'],
  ],
  ['no service', NEITHER, [...ONE]],
  ['an app without its service', { WECHATPAY_SERVICE_ID: undefined }, ['WECHATPAY_SERVICE_ID']],
] as const) {
  test(`does not take ${what}, nor does migrate`, () => {
    for (const parse of [apiConfig, migrateConfig])
      assert.deepEqual(namesIn(faultsOf(parse, { ...api, ...change })), names);
  });
}

for (const [list, fault] of [
  ['wx1', /must be pairs of appid and service id, wx…\/500…/],
  ['wx1/500,', /must be pairs/],
  ['500/wx1', /must be pairs/],
  ['wx1/500/1', /must be pairs/],
  ['wx-1/500', /must be pairs/],
  ['wx1/500,wx2/500,wx1/500', /must name no pair of appid and service id twice/],
] as const) {
  test(`does not take the list ${list}, and finds no other fault`, () => {
    const faults = faultsOf(apiConfig, { ...api, ...NEITHER, WECHATPAY_SERVICES: list });
    assert.deepEqual(namesIn(faults), ['WECHATPAY_SERVICES']);
    assert.match(faults.join(), fault);
  });
}

test('the usual variables say where Temporal is', () => {
  const given = temporalConfig({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'orders' });
  assert.equal(given.connectionOptions.address, 'temporal:7233');
  assert.equal(given.namespace, 'orders');
});

test('an empty variable is one that is not set', () => {
  assert.equal(apiConfig({ ...api, API_PORT: '', API_HOST: '' }).API_PORT, 3000);
  assert.deepEqual(apiFaults({ WECHATPAY_MCHID: '' }), ['WECHATPAY_MCHID']);
});

test('an empty environment is told every variable that is missing', () => {
  const common = ['WECHATPAY_MCHID', 'WECHATPAY_PUBLIC_KEY_FILE', 'WECHATPAY_SERIAL_NO'];
  common.push('WECHATPAY_APIV3_KEY_FILE', 'CODEC_KEY_FILES');
  const apiOnly = ['APPID', 'NOTIFY_URL', 'SERVICE_ID'];
  assert.deepEqual(
    namesIn(faultsOf(apiConfig, {})).toSorted(),
    [...common, ...apiOnly.map((name) => `WECHATPAY_${name}`)].toSorted(),
  );
  const faults = faultsOf(workerConfig, {});
  assert.deepEqual(
    namesIn(faults).toSorted(),
    [...common, 'WECHATPAY_PRIVATE_KEY_FILE'].toSorted(),
  );
  assert.ok(faults.includes('  WECHATPAY_MCHID is missing'));
});

const allWrong = {
  WECHATPAY_MCHID: '19',
  WECHATPAY_SERIAL_NO: 'abc',
  WECHATPAY_PUBLIC_KEY_ID: 'KEY_1',
  WECHATPAY_PUBLIC_KEY_FILE: secretFile,
  WECHATPAY_CERTIFICATE_FILES: `${secretFile},${join(folder, 'nowhere.pem')}`,
  CODEC_KEY_FILES: secretFile,
  LOG_LEVEL: 'loud',
};

test('the API lists every fault at once, and shows no content of a file', () => {
  const faults = faultsOf(apiConfig, {
    ...allWrong,
    WECHATPAY_APPID: '1',
    WECHATPAY_SERVICE_ID: 'payscore',
    WECHATPAY_NOTIFY_URL: '/notify',
    WECHATPAY_APIV3_KEY_FILE: secretFile,
    API_HOST: '0.0.0.0',
    API_PORT: '70000',
    OPENINGS_MAY_EXIST: 'yes',
  });
  const expected = [...Object.keys(allWrong), 'WECHATPAY_APPID', 'WECHATPAY_SERVICE_ID'];
  expected.push('WECHATPAY_NOTIFY_URL', 'WECHATPAY_APIV3_KEY_FILE', 'API_PORT', 'API_KEYS_FILE');
  expected.push('OPENINGS_MAY_EXIST');
  assert.deepEqual(namesIn(faults).toSorted(), expected.toSorted());
  assert.ok(!faults.join().includes(SECRET));
});

test('the worker lists every fault at once, and shows no content of a file', () => {
  const faults = faultsOf(workerConfig, {
    ...allWrong,
    WECHATPAY_PRIVATE_KEY_FILE: secretFile,
    WECHATPAY_APIV3_KEY_FILE: secretFile,
    WECHATPAY_CALLS_PER_SECOND: 'all',
    WECHATPAY_BASE_URL: 'api.mch.weixin.qq.com',
    POLL_DELAYS: 'soon',
    WORKER_PORT: '-1',
  });
  const expected = [...Object.keys(allWrong), 'WECHATPAY_PRIVATE_KEY_FILE', 'WECHATPAY_BASE_URL'];
  expected.push('POLL_DELAYS', 'WORKER_PORT');
  expected.push('WECHATPAY_APIV3_KEY_FILE', 'WECHATPAY_CALLS_PER_SECOND');
  assert.deepEqual(namesIn(faults).toSorted(), expected.toSorted());
  assert.ok(!faults.join().includes(SECRET));
});

test('reads delays as milliseconds', () => {
  for (const name of ['POLL_DELAYS', 'EVENTS_DELAYS'] as const) {
    const { [name]: delays } = workerConfig({ ...worker, [name]: '200ms, 30s,1m,2h' });
    assert.deepEqual(delays, [200, 30_000, 60_000, 7_200_000]);
  }
});

for (const delays of ['soon', '1', '1d', '1m,', ',', '1m;2m', '-1m', '1.5m']) {
  test(`does not read '${delays}' as delays`, () => {
    assert.deepEqual(workerFaults({ POLL_DELAYS: delays }), ['POLL_DELAYS']);
  });
}

for (const [text, calls] of [
  ['1', 1],
  ['0.5', 0.5],
  ['10000', 10_000],
  ['', 50],
] as const) {
  test(`the workers of a merchant make ${calls} calls per second together with '${text}'`, () => {
    const config = workerConfig({ ...worker, WECHATPAY_CALLS_PER_SECOND: text });
    assert.equal(config.WECHATPAY_CALLS_PER_SECOND, calls);
  });
}

for (const text of ['0', '-1', '10001', 'all', '5/s', 'NaN', 'Infinity', ' ']) {
  test(`does not read '${text}' as calls per second`, () => {
    const change = { WECHATPAY_CALLS_PER_SECOND: text };
    assert.deepEqual(workerFaults(change), ['WECHATPAY_CALLS_PER_SECOND']);
  });
}

for (const [text, isTrue] of [
  ['true', true],
  ['false', false],
  ['', false],
] as const) {
  test(`WeChat Pay ${isTrue ? 'may' : 'cannot'} have orders that are opened, with '${text}'`, () => {
    const config = apiConfig({ ...api, OPENINGS_MAY_EXIST: text });
    assert.equal(config.OPENINGS_MAY_EXIST, isTrue);
  });
}

for (const [name, values] of Object.entries({
  OPENINGS_MAY_EXIST: ['yes', '1', '0', 'TRUE', 'no'],
  WECHATPAY_MCHID: ['1234567', '12345678901', '12345678a'],
  WECHATPAY_SERIAL_NO: ['5a11000000000000000000000000000000000001', '5A11', 'G'.repeat(40)],
  WECHATPAY_APPID: ['1234', 'wx', 'wx-1'],
  WECHATPAY_SERVICE_ID: ['a', '1'.repeat(33)],
  API_PORT: ['-1', '65536', 'http', '1.5'],
  LOG_LEVEL: ['loud', 'INFO'],
})) {
  test(`does not take ${values.join(' or ')} for ${name}`, () => {
    for (const value of values) assert.deepEqual(apiFaults({ [name]: value }), [name]);
  });
}
