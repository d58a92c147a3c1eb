/**
 * `npm run bench:client`: signed round trips per second of our client, beside wechatpay-axios-plugin and beside what RSA
 * alone allows on this machine, against one simulator in a process of its own. Figures of one run are comparable, others not.
 */
import { strict as assert } from 'node:assert';
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { Wechatpay } from 'wechatpay-axios-plugin';
import { createControl } from '../simulator/control.ts';
import { createClient } from '../wechatpay/client.ts';
import { createVerificationKeys } from '../wechatpay/keys.ts';
import { startProcess } from './simulator/process.ts';

const ROUNDS = 7;
const ROUND_MS = 2_000;
const IN_FLIGHT = 16;

const simulator = await startProcess();
try {
  await run();
} finally {
  await simulator.stop();
}

async function run(): Promise<void> {
  const { merchant, url } = simulator.told;
  const { mchid, appid, service_id, serial_no, public_key_id } = merchant;
  const { private_key, public_key } = merchant;
  const key = { appid, service_id, out_order_no: 'bench-1' };

  const ours = createClient({
    baseUrl: url,
    merchant: { mchid, serial: serial_no, privateKey: createPrivateKey(private_key) },
    keys: createVerificationKeys({
      publicKey: { id: public_key_id, pem: public_key },
      ownSerial: serial_no,
    }),
    now: () => new Date(),
  });
  const plugin = new Wechatpay({
    mchid,
    serial: serial_no,
    privateKey: private_key,
    certs: { [public_key_id]: public_key },
    baseURL: url,
    headers: { 'Wechatpay-Serial': public_key_id },
  });

  await createControl(url).authorise('bench-user');
  await ours.createServiceOrder({
    ...key,
    openid: 'bench-user',
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: 'https://example.com/notify',
    need_user_confirm: false,
  });

  const contestants: Record<string, () => Promise<void>> = {
    ours: async () => {
      const { json } = await ours.getServiceOrder(key);
      assert.equal(json['state'], 'DOING');
    },
    plugin: async () => {
      const { data } = await plugin.chain('v3/payscore/serviceorder').get({ params: key });
      assert.equal(data.state, 'DOING');
    },
    // What the protocol demands of both sides of one round trip, on all cores: two signatures, two verifications.
    rsa: rsaOf(private_key),
  };

  const rates: Record<string, number[]> = { ours: [], plugin: [], rsa: [] };
  for (const contestant of Object.values(contestants)) await rateOf(contestant, 500); // warm-up
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, contestant] of Object.entries(contestants)) {
      rates[name]?.push(await rateOf(contestant, ROUND_MS));
    }
  }
  await ours.close();
  report(rates);
}

/** In libuv's threads, so that no core is left out. */
function rsaOf(privatePem: string): () => Promise<void> {
  const privateKey = createPrivateKey(privatePem);
  const publicKey = createPublicKey(privatePem);
  const message = randomBytes(700);
  const oneSide = async () => {
    const signature = await promisify(sign)('sha256', message, privateKey);
    assert.ok(await promisify(verify)('sha256', message, publicKey, signature));
  };
  return async () => {
    await Promise.all([oneSide(), oneSide()]);
  };
}

/** Round trips per second, so many at a time. */
async function rateOf(roundTrip: () => Promise<void>, ms: number): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const runner = async () => {
    while (performance.now() - begin < ms) {
      await roundTrip();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, runner));
  return (count * 1000) / (performance.now() - begin);
}

function report(rates: Record<string, number[]>): void {
  const median = (name: string) => {
    const sorted = (rates[name] ?? []).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  const [ours, plugin, rsa] = [median('ours'), median('plugin'), median('rsa')];
  console.log(`signed round trips per second, ${IN_FLIGHT} in flight, median of ${ROUNDS} rounds
  ours                    ${ours.toFixed(0)}
  wechatpay-axios-plugin  ${plugin.toFixed(0)}
  RSA alone, all cores    ${rsa.toFixed(0)}   (2 signatures and 2 verifications each)

  ours / plugin           ${(ours / plugin).toFixed(2)}
  ours / RSA              ${(ours / rsa).toFixed(2)}
  plugin / RSA            ${(plugin / rsa).toFixed(2)}`);
}
