/** The doctor in the operator's language: sentences change with it, and nothing that machines read. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAuthority } from '../support/authority.ts';
import { startDoctor } from '../support/program.ts';
import { openDoor } from '../support/temporal-door.ts';
import { findingOf, openPatient, type Patient } from './patient.ts';
import { widthOf } from '../../doctor/columns.ts';
import type { Finding } from '../../doctor/finding.ts';

const CHINESE = { OPERATOR_LANGUAGE: 'zh' };
/** Variables, codes and paths are words of any language; four plain ones in a row are a sentence. */
const ENGLISH = /\b[a-z’]+( [a-z’]+){3,}/;

describe('the doctor, where operators read Chinese,', () => {
  let patient: Patient;
  before(async () => {
    patient = await openPatient();
    await patient.heal();
  });
  after(() => patient.close());

  async function run(variables: Readonly<Record<string, string>>, ...args: string[]) {
    const program = await startDoctor({ ...variables }, ...args);
    await program.exitCode();
    return program.lines.join('\n');
  }

  async function told(variables: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
    return (JSON.parse(await run(variables, '--json')) as { findings: Finding[] }).findings;
  }

  it('says of what is right what it says in English, under the same ids and states', async () => {
    const english = await told(patient.variables);
    const chinese = await told({ ...patient.variables, ...CHINESE });
    assert.deepEqual(chinese.map(codeOf), english.map(codeOf));
    for (const [index, { id, sentence }] of chinese.entries()) {
      assertChinese(id, sentence);
      assert.notEqual(sentence, english[index]?.sentence, id);
    }
  });

  it('says of what is not right what is to be done, in Chinese', async () => {
    const nothing = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const english = await told(nothing);
    const chinese = await told({ ...nothing, ...CHINESE });
    assert.deepEqual(chinese.map(codeOf), english.map(codeOf));
    for (const { id, sentence, do: advice } of chinese) {
      assertChinese(id, sentence);
      if (advice !== null) assertChinese(id, advice);
    }
    const { sentence } = findingOf(chinese, 'temporal-reachable');
    assert.equal(sentence, '位于 127.0.0.1:1 的 Temporal：该地址无人应答。');
  });

  it('quotes the faults of the configuration, which are in English, in a Chinese sentence', async () => {
    const findings = await told({ ...patient.variables, ...CHINESE, LOG_LEVEL: 'loud' });
    const { state, sentence, do: advice } = findingOf(findings, 'worker-configuration');
    assert.equal(state, 'fault');
    assert.match(sentence, /^Worker 的变量有误（英文原文）：LOG_LEVEL Invalid option: .*。$/);
    assertChinese('its advice', advice);
  });

  it('says in Chinese why Temporal does not take us', async (t) => {
    const authority = await createAuthority();
    const server = await authority.issue('temporal', [{ type: 'ip', value: '127.0.0.1' }]);
    const { address } = patient.stack.temporalServer;
    const door = await openDoor({ address, server, clientCa: authority.ca });
    t.after(async () => {
      await door.close();
      await authority.remove();
    });
    const findings = await patient.examined({ ...CHINESE, TEMPORAL_ADDRESS: door.address });
    const { sentence } = findingOf(findings, 'temporal-reachable');
    assert.match(sentence, /该地址的 Temporal 使用 TLS，请设置 TEMPORAL_TLS=true/);
  });

  it('prints columns that align by what a terminal shows, states and sum in Chinese', async () => {
    const text = await run({
      ...patient.variables,
      ...CHINESE,
      WECHATPAY_SERIAL_NO: 'A'.repeat(40),
      WECHATPAY_BACKUP_URL: 'http://127.0.0.1:1',
    });
    const lines = text.split('\n');
    assert.match(lines.at(-1) ?? '', /^正常 \d+ 项，警告 1 项，错误 2 项，未知 4 项$/);
    const findings = lines.slice(0, -2);
    const indent = widthOf(/^(正常|警告|错误|未知) {2}\S+ +/.exec(findings[0] ?? '')?.[0] ?? '');
    for (const line of findings) {
      const head = /^(正常|警告|错误|未知) {2}[a-z0-9-]+ +|^ +/.exec(line)?.[0] ?? '';
      assert.equal(widthOf(head), indent, line);
      assert.ok(widthOf(line) <= 100 || /\S{60}/.test(line), line);
    }
    assert.match(text, /^错误 {2}our-signature +微信支付不认可我方签名：返回 SIGN_ERROR。\n +→ /m);
  });

  it('speaks English where the variable itself cannot be used, and says so', async () => {
    const findings = await told({ ...patient.variables, OPERATOR_LANGUAGE: 'cn' });
    for (const program of ['worker', 'api', 'migrate']) {
      const { state, sentence } = findingOf(findings, `${program}-configuration`);
      assert.equal(state, 'fault');
      assert.equal(sentence, 'OPERATOR_LANGUAGE must be en or zh.');
    }
    assert.match(findingOf(findings, 'our-signature').sentence, /^WeChat Pay takes what is signed/);
  });
});

function codeOf({ id, state, do: advice }: Finding) {
  return { id, state, hasAdvice: advice !== null };
}

function assertChinese(what: string, text: string | null): void {
  assert.ok(
    text !== null && /\p{Script=Han}/u.test(text) && text.endsWith('。'),
    `${what}: ${text}`,
  );
  if (!text.includes('（英文原文）')) assert.doesNotMatch(text, ENGLISH, what);
}
