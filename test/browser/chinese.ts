/** Temporal's web UI as operators see it who read Chinese: an order to whose user money is owed, and the messages that can be sent. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../local/stack/settings.ts';
import { textOf } from '../../tools/browser/text.ts';
import { CANCELLATION } from '../support/orders.ts';
import { inService, owing, paying } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startStack } from '../support/stack.ts';
import { workflowIdOf } from '../../workflows/contract.ts';
import { pageWith, shows } from './web-ui.ts';

const IMAGES = join(ROOT, 'docs/images/zh');

export async function lookAtChinese(browser: Browser, tell: (line: string) => void): Promise<void> {
  const uiPort = await steadyPort();
  const stack = await startStack({
    temporal: { uiPort },
    simulator: { policies: { cancel_while_paying: 'allowed' } },
    codecOrigins: [`http://127.0.0.1:${uiPort}`],
    language: 'zh',
  });
  const worker = await stack.startWorker();
  await mkdir(IMAGES, { recursive: true });
  try {
    const page = await pageWith(browser, stack);
    const details = async (out_order_no: string) => {
      const { runId } = await stack.run(out_order_no).describe();
      const id = encodeURIComponent(workflowIdOf(stack.merchant.mchid, out_order_no));
      return `http://127.0.0.1:${uiPort}/namespaces/default/workflows/${id}/${runId}/user-metadata`;
    };

    const { out_order_no } = await inService(stack);
    await shows(page, await details(out_order_no), '服务进行中，尚未扣款。');
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: join(IMAGES, 'order-details.png') });
    tell('an order in service, in Chinese');

    const charged = await paying(stack);
    await stack.api.cancel(charged.out_order_no, CANCELLATION);
    await stack.people.chargeAnyway(charged.out_order_no);
    await owing(stack, charged.out_order_no);
    await shows(page, await details(charged.out_order_no), '须退还');
    assert.match(await textOf(page), /现在要做：/);
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: join(IMAGES, 'refund-due.png') });
    tell('an order to whose user money is owed, in Chinese');
  } finally {
    await worker.stop();
    await stack.stop();
  }
}
