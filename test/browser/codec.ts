/** Temporal's web UI in a real browser: what it shows of an order without the codec endpoint, and after a login with it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../../local/stack/settings.ts';
import { textOf } from '../../tools/browser/text.ts';
import { inService } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startStack } from '../support/stack.ts';
import { pageWith, shows } from './web-ui.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

const SECRET = 'key-of-the-desk';
const IMAGES = join(ROOT, 'docs/images');

export async function lookAtCodec(browser: Browser, tell: (line: string) => void): Promise<void> {
  const uiPort = await steadyPort();
  const ui = `http://127.0.0.1:${uiPort}`;
  const sha256 = createHash('sha256').update(SECRET).digest();
  const stack = await startStack({
    temporal: { uiPort },
    apiKeys: [{ name: 'desk', scopes: ['read', 'orders', 'codec'], sha256 }],
    codecOrigins: [ui],
    apiSecret: SECRET,
  });
  const worker = await stack.startWorker();
  try {
    const { out_order_no, openid } = await inService(stack);
    const id = workflowIdOf(stack.merchant.mchid, out_order_no);
    const order = `${ui}/namespaces/default/workflows/${encodeURIComponent(id)}`;

    const page = await pageWith(browser, stack);
    await shows(page, order, 'serviceOrder');
    await page.waitForTimeout(2_000);
    assert.ok(!(await textOf(page)).includes(openid), 'the openid, without a login');
    await picture(page, 'codec-closed');
    tell('without a login: ciphertext');

    await page.goto(`${stack.url}/codec/login`);
    await page.fill('#key', 'another key');
    await page.click('button');
    assert.match(await textOf(page), /no key of the scope codec/);
    await page.fill('#key', SECRET);
    await page.click('button');
    assert.match(await textOf(page), /eight hours/);
    tell('a login at the codec endpoint');

    await shows(page, order, openid);
    await picture(page, 'codec-open');
    tell('with a login: the order’s input');
    const { runId } = await stack.run(out_order_no).describe();
    await shows(page, `${order}/${runId}/user-metadata`, 'in_service');
    tell('with a login: its current details');
    await shows(page, `${order}/${runId}/call-stack`, 'workflow.ts');
    tell('with a login: its call stack');

    const stranger = await pageWith(browser, stack);
    await stranger.goto(
      `http://localhost:${uiPort}/namespaces/default/workflows/${encodeURIComponent(id)}`,
    );
    await stranger.waitForTimeout(4_000);
    assert.ok(
      !(await textOf(stranger)).includes(openid),
      'the openid, by another name of the page',
    );
    tell('by another origin: ciphertext');
  } finally {
    await worker.stop();
    await stack.stop();
  }
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
