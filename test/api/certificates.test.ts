/** How the API comes by WeChat's certificates, which it cannot download: it asks a worker, through Temporal. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { runsOf, startStack, type Stack } from '../support/stack.ts';
import { createCertificateQuestion } from '../../api/certificates.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';

const MINUTE_MS = 60_000;

describe('the question for certificates', () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack({ simulator: { keyMode: 'certificate' } });
  });
  after(() => stack.stop());

  /** An API that holds no key yet, and a clock that can be set forward. */
  function openQuestion({ temporal = stack.temporal, answerMs = 20_000 } = {}) {
    const keys = createVerificationKeys({ ownSerial: stack.merchant.serial_no });
    const clock = { skewMs: 0 };
    const now = () => new Date(Date.now() + clock.skewMs);
    const lines: Record<string, unknown>[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const ask = createCertificateQuestion({ temporal, keys, now, logger, answerMs });
    return { keys, clock, lines, ask, holds: (serial: string) => keys.find(serial, now()) };
  }

  const startWorker = () =>
    stack.startWorker({
      wechatpay: {
        keys: createVerificationKeys({ ownSerial: stack.merchant.serial_no }),
        certificates: {
          apiV3Keys: { current: Buffer.from(stack.merchant.api_v3_key) },
          onFailure: () => undefined,
          minIntervalMs: 0,
        },
      },
    });

  it('takes in an answer however late it comes: nobody who waited is needed for that', async (t) => {
    const { ask, keys, holds } = openQuestion({ answerMs: MINUTE_MS });
    const asking = ask();
    await delay(1_000);
    assert.equal(keys.expectedSerial(new Date()), undefined);
    const worker = await startWorker();
    t.after(() => worker.stop());
    await asking;
    assert.ok(holds(stack.merchant.platform_serial_no));
  });

  it('says that no worker has told, and goes on with what it holds', async () => {
    const nobody = { ...stack.temporal, mchid: '1900000009', taskQueue: 'nobody-works-here' };
    const { keys, lines, ask } = openQuestion({ temporal: nobody, answerMs: 1_000 });
    await ask();
    assert.match(String(lines[0]?.['msg']), /the worker did not tell/);
    assert.equal(keys.expectedSerial(new Date()), undefined);
  });

  it('takes in what the worker has downloaded, and learns of new certificates a minute later', async (t) => {
    const worker = await startWorker();
    t.after(() => worker.stop());
    const { ask, clock, holds } = openQuestion();
    const old = stack.merchant.platform_serial_no;
    await ask();
    assert.ok(holds(old));

    await stack.people.rotateCertificate();
    await stack.people.switchCertificate();
    const { platform_serial_no: fresh } = stack.simulator.merchant;
    assert.notEqual(fresh, old);
    await ask();
    assert.equal(holds(fresh), undefined, 'it was asked a moment ago');
    clock.skewMs = MINUTE_MS;
    await ask();
    assert.ok(holds(fresh) && holds(old));
  });

  it('asks once for all who ask at the same time', async (t) => {
    const worker = await startWorker();
    t.after(() => worker.stop());
    const { ask } = openQuestion();
    const runs = async () => (await runsOf(stack, 'WorkflowType="platformCertificates"')).length;
    const earlier = await runs();
    await Promise.all(Array.from({ length: 20 }, ask));
    await delay(1_500); // until Temporal lists it
    assert.equal((await runs()) - earlier, 1);
  });
});
