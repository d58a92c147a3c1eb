/** The operator's language, from the configuration into Temporal's web UI; and that it may change under running orders. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../support/bundle.ts';
import { historyFromJSON } from '../../support/history-json.ts';
import { inService, paying } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { workflowCodeIn } from '../../../worker/workflow-code.ts';

interface Told {
  readonly currentDetails: string;
  readonly definition: {
    readonly updateDefinitions: readonly { readonly name: string; readonly description: string }[];
  };
}

describe('an installation whose operators read Chinese', () => {
  const stage = useStack({ language: 'zh' });
  const told = async (out_order_no: string) =>
    await stage.stack.run(out_order_no).query<Told>('__temporal_workflow_metadata');

  it('shows an order, and what can be sent to it, in Chinese', async () => {
    const { out_order_no } = await inService(stage.stack);
    const { currentDetails, definition } = await told(out_order_no);
    assert.match(currentDetails, /### 服务中 in_service\n\n服务进行中，尚未扣款。/);
    assert.match(currentDetails, /\*\*现在要做：\*\* 用户仍在使用时无需处理/);
    assert.match(currentDetails, /查单：DOING \/ USER\\_CONFIRM|create：DOING \/ USER\\_CONFIRM/);
    const complete = definition.updateDefinitions.find(({ name }) => name === 'complete');
    assert.match(complete?.description ?? '', /^服务已结束：按实际金额（单位：分）完结订单/);
  });

  it('says in Chinese what a timer waits for', async () => {
    const { out_order_no } = await paying(stage.stack);
    const events = await stage.stack.historyOf(out_order_no);
    const summaries = events.map(({ userMetadata }) =>
      Buffer.from(userMetadata?.summary?.data ?? []).toString(),
    );
    assert.ok(summaries.includes('"等到向微信支付查询是否已扣款"'), summaries.join('\n'));
  });
});

for (const name of ['paid-by-callback', 'completion-refused', 'refund-due']) {
  it(`an order that began in English goes on in Chinese: ${name}`, async () => {
    const file = new URL(`../../histories/0.2/${name}.json`, import.meta.url);
    const history = historyFromJSON(JSON.parse(await readFile(file, 'utf8')));
    const bundle = await workflowCodeIn('zh', await workflowBundle());
    await Worker.runReplayHistory({ workflowBundle: bundle }, history);
  });
}
