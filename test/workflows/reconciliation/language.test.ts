/** A day in the operator's language, wherever it is read; and that nothing of it is kept in words. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { WorkflowFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../support/bundle.ts';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { historyFromJSON } from '../../support/history-json.ts';
import { shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { EN } from '../../../words/en.ts';
import { NO_FIGURES } from '../../../worker/figure-sinks.ts';
import { workflowCodeIn } from '../../../worker/workflow-code.ts';
import { reconciliationWorkflowIdOf } from '../../../workflows/contract.ts';

const ROUTE = '/v1/reconciliations';

describe('a day of which operators read in Chinese', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000], language: 'zh' });
  const [day, unreadable] = [daysAgo(3), daysAgo(6)];
  const csv = async (path: string) =>
    await (await fetch(`${stage.stack.url}${ROUTE}${path}`)).text();
  const detailsOf = async (bill_date: string) => {
    const { client, merchant } = stage.stack;
    const id = reconciliationWorkflowIdOf(merchant.mchid, bill_date);
    const { currentDetails } = await client.workflow
      .getHandle(id)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    return currentDetails;
  };
  before(async () => {
    const { stack } = stage;
    for (const bill_date of [unreadable, day]) {
      await play(stack, bill_date);
      for (const kind of ['agreed', 'altered'] as const) {
        const { out_order_no } = await payingThen(stack);
        await stack.people.pay(out_order_no);
        await shown(stack, out_order_no, { phase: 'paid' });
        if (kind === 'altered') await stack.people.plantRow({ kind, out_order_no, amount: 499 });
      }
    }
    await comeMorning(stack);
  });

  it('has its findings in Chinese: in the details, by the API, for a spreadsheet', async () => {
    const { report } = await reconciled(stage.stack, day);
    const [finding] = (report?.examples ?? []) as readonly { cause?: string; action?: string }[];
    assert.equal(finding?.cause, '账单中的金额与查单或回调得到的金额不同。');
    const details = await detailsOf(day);
    assert.ok(details.startsWith(`### ${day} 的账单 · unbalanced\n\n账单与本系统订单还不相符。`));
    assert.match(details, /- 账单中：2 笔支付，9.99 元/);
    assert.match(details, /\*\*amount_differs：\*\* 未处理 1 条/);
    assert.ok(details.includes(`。${finding.cause}${finding.action}`), details);
    assert.match(details, /\*\*现在要做：\*\* 逐条查看未处理的差异/);
    const [head = '', line = ''] = (await csv(`/${day}/findings.csv`)).split('\r\n');
    assert.match(head, /账单日期,类型,已自动修复,商户服务订单号,微信订单号/);
    assert.ok(
      line.startsWith(`${day},amount_differs,false,`) && line.includes(finding.cause),
      line,
    );
  });

  it('has its findings in English for whoever asks the API so, and the CSV for the operators', async () => {
    const asked = async (path: string) =>
      await fetch(`${stage.stack.url}${ROUTE}${path}`, { headers: { 'Accept-Language': 'en' } });
    const answer = await asked(`/${day}`);
    const { report } = (await answer.json()) as { report: { examples: { cause: string }[] } };
    const { finding } = EN.reconciliation;
    const { cause } = finding({ kind: 'amount_differs', healed: false });
    assert.equal(report.examples[0]?.cause, cause);
    assert.equal(answer.headers.get('content-language'), 'en');
    assert.match(await (await asked(`/${day}/findings.csv`)).text(), /账单日期/);
  });

  it('is kept as codes with their values, the lists by the names of their columns', async () => {
    const { reportFolder, merchant } = stage.stack;
    const folder = join(reportFolder, merchant.mchid, day);
    for (const name of await readdir(folder)) {
      if (name.startsWith('bill-')) continue;
      const bytes = await readFile(join(folder, name));
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      assert.doesNotMatch(text, /\p{Script=Han}|"cause"|"action"/u, name);
    }
    const { body } = await stage.stack.api.call('GET', `${ROUTE}/${day}/versions`);
    const { versions } = body as { versions: { report: { examples: object[] } }[] };
    assert.ok(versions.every(({ report }) => report.examples.every((one) => !('cause' in one))));
  });

  it('has its lists under Chinese headings', async () => {
    const matches = await csv(`/${day}/matches.csv`);
    assert.match(matches, /^\ufeff?账单行号,类型,时间,微信订单号,微信退款单号,商户服务订单号,/);
    assert.equal(matches.trimEnd().split('\r\n').length, 2);
    const month = await csv(`/month.csv?month=${day.slice(0, 7)}`);
    assert.match(month, /^\ufeff?分类,账单日期,服务ID,项目,商户服务订单号,/);
    assert.match(month, new RegExp(`\r\nday,${day},,unbalanced,`));
  });

  it('whose account cannot be compared says why', async () => {
    const { stack } = stage;
    await stack.people.planFault({
      ...{ call: 'fund-flow-bill', fault: 'refused', refusal: 'billCreating' },
    });
    await reconciled(stack, day);
    const details = await detailsOf(day);
    assert.match(details, /资金账单未核对（not_ready）：.+；账单生成后请重新对账/);
    await stack.people.clearFaults();
  });

  it('that failed says why, and keeps that as a code', async () => {
    const { stack } = stage;
    await stack.people.setBills({ file_fault: 'unknown-column' });
    const { failure } = await reconciled(stack, unreadable);
    const why = `账单不可信：${unreadable} 的账单，第 1 行，“数字人民币金额”列：为未知的列；若为新格式，须等待本系统发布新版本`;
    assert.deepEqual(failure, { type: 'BillFault', message: why });
    const details = await detailsOf(unreadable);
    assert.match(details, /没有报告。最近一次失败的原因：账单不可信：/);
    const id = reconciliationWorkflowIdOf(stack.merchant.mchid, unreadable);
    const { cause } = (await stack.client.workflow
      .getHandle(id)
      .result()
      .catch((error: unknown) => error)) as WorkflowFailedError;
    const { message, details: kept } = cause as ApplicationFailure;
    assert.equal(message, why);
    assert.deepEqual(kept, [
      {
        type: 'BillFault',
        fault: {
          ...{ line: 1, column: '数字人民币金额', bill_date: unreadable },
          because: { code: 'unknown_column', layout: 'new' },
        },
      },
    ]);
    await stack.people.setBills({ file_fault: 'none' });
  });
});

for (const name of ['balanced', 'not-in-bill', 'failed']) {
  it(`a day that began in English, with sentences, goes on in Chinese: ${name}`, async () => {
    const file = new URL(`../../histories/0.2/days/${name}.json`, import.meta.url);
    const history = historyFromJSON(JSON.parse(await readFile(file, 'utf8')));
    const bundle = await workflowCodeIn('zh', await workflowBundle());
    await Worker.runReplayHistory({ workflowBundle: bundle, sinks: NO_FIGURES }, history);
  });
}
