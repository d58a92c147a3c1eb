/** Who may reach the API, where WeChat Pay may notify it, and where WeChat Pay is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrateConfig } from '../../config/programs.ts';
import { api, apiFaults, faultsOf, fileOf, namesIn, workerFaults } from './environment.ts';

const KEYS = fileOf('api_keys', `shop read ${'ab'.repeat(32)}\n`);
for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) {
  test(`listens on ${host} without API keys`, () => {
    assert.deepEqual(apiFaults({ API_HOST: host }), []);
  });
}
for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.cn', 'localhost.example.cn']) {
  test(`listens on ${host} only with API keys`, () => {
    assert.deepEqual(apiFaults({ API_HOST: host }), ['API_KEYS_FILE']);
    assert.deepEqual(apiFaults({ API_HOST: host, API_KEYS_FILE: '' }), ['API_KEYS_FILE']);
    assert.deepEqual(apiFaults({ API_HOST: host, API_KEYS_FILE: KEYS }), []);
  });
}

const LOCAL = [
  'http://127.0.0.1:3000/n',
  'http://127.1.2.3/n',
  'http://localhost:3000/n',
  'http://[::1]:3000/n',
  'http://api:3000/wechatpay/notifications',
];
for (const url of LOCAL) {
  test(`only the simulator can be asked to notify ${url}`, () => {
    const given = { WECHATPAY_NOTIFY_URL: url, WECHATPAY_SIMULATOR: 'true' };
    assert.deepEqual(apiFaults(given), []);
    for (const WECHATPAY_SIMULATOR of ['', 'false']) {
      const faults = apiFaults({ ...given, WECHATPAY_SIMULATOR });
      assert.deepEqual(faults, ['WECHATPAY_NOTIFY_URL']);
    }
  });
}

test('WeChat Pay can be asked to notify an address with https', () => {
  assert.deepEqual(apiFaults({ WECHATPAY_NOTIFY_URL: 'https://shop.example.cn/n' }), []);
});

test('the daily schedule, too, is prepared for WeChat Pay with an address with https', () => {
  const { WECHATPAY_MCHID, WECHATPAY_APPID, WECHATPAY_SERVICE_ID, CODEC_KEY_FILES } = api;
  const given = {
    ...{ WECHATPAY_MCHID, WECHATPAY_APPID, WECHATPAY_SERVICE_ID, CODEC_KEY_FILES },
    WECHATPAY_NOTIFY_URL: 'http://api:3000/wechatpay/notifications',
  };
  assert.deepEqual(namesIn(faultsOf(migrateConfig, given)), ['WECHATPAY_NOTIFY_URL']);
  assert.ok(migrateConfig({ ...given, WECHATPAY_SIMULATOR: 'true' }).scheduledServices);
});

for (const url of [
  'http://shop.example.cn/n',
  'http://127.example.cn/n',
  'http://10.0.0.1/n',
  'http://[2001:db8::1]/n',
  'https://shop.example.cn',
  'https://shop.example.cn/',
  'https://shop.example.cn/n?a=1',
  'ftp://shop.example.cn/n',
  'shop.example.cn/n',
  `https://shop.example.cn/${'n'.repeat(232)}`,
]) {
  test(`WeChat Pay cannot be asked to notify ${url.slice(0, 40)}`, () => {
    assert.deepEqual(apiFaults({ WECHATPAY_NOTIFY_URL: url }), ['WECHATPAY_NOTIFY_URL']);
  });
}

test('WeChat Pay’s address is a host without a path, as paths are signed', () => {
  for (const url of ['https://api.mch.weixin.qq.com/v3', 'http://127.0.0.1:9080/wechat?a=1']) {
    assert.deepEqual(workerFaults({ WECHATPAY_BASE_URL: url }), ['WECHATPAY_BASE_URL']);
  }
});

test('WeChat Pay is called over https, except a simulator on this machine or network', () => {
  const http = (host: string) => workerFaults({ WECHATPAY_BASE_URL: `http://${host}` });
  assert.deepEqual(http('api.mch.weixin.qq.com'), ['WECHATPAY_BASE_URL']);
  for (const host of ['127.0.0.1:9080', 'simulator:9080']) assert.deepEqual(http(host), []);
});
