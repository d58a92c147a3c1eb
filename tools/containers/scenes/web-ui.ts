/** Temporal's web UI as the file configures it, in a real browser: ciphertext, and after a login at the codec endpoint an order. */
import { createHash, randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from '../../browser/chromium.ts';
import { textOf } from '../../browser/text.ts';
import { until } from '../commands.ts';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';

const UI = 'http://127.0.0.1:8080';
const LOGIN = 'http://127.0.0.1:3000/codec/login';
const SHOWN_MS = 60_000;

export async function lookAtWebUi(
  house: House,
  environment: NodeJS.ProcessEnv,
  tell: Tell,
): Promise<void> {
  const secret = randomBytes(24).toString('hex');
  const sha256 = createHash('sha256').update(secret).digest('hex');
  await appendFile(join(house.folder, 'secrets/callers/api_keys'), `desk read,codec ${sha256}\n`);
  const { out_order_no, openid } = await (await house.shop()).serve();

  const browser = await startBrowser(environment);
  try {
    const page = await (await browser.newContext()).newPage();
    const says = async (text: string) => (await textOf(page)).includes(text);
    await page.goto(UI);
    const seconds = await until('the list of runs', () => says(out_order_no), SHOWN_MS);
    tell('the web UI lists the order', `${seconds} s`);
    await page.locator('a', { hasText: out_order_no }).first().click();
    await page.waitForURL(/\/workflows\/service-order/);
    await until('the order’s page', () => says('serviceOrder'), SHOWN_MS);
    await page.waitForTimeout(3_000);
    const order = page.url();
    tell('the web UI without a login', (await says(openid)) ? 'a user' : 'ciphertext', {
      be: 'ciphertext',
      isSo: !(await says(openid)),
    });

    // The API reads its keys again when they change.
    await until('a login', async () => {
      await page.goto(LOGIN);
      await page.fill('#key', secret);
      await page.click('button');
      return await says('eight hours');
    });
    await page.goto(order);
    await until('the order’s input', () => says(openid), SHOWN_MS);
    tell('the web UI after a login at the codec endpoint', 'the order as it was opened');

    await page.goto(order.replace('127.0.0.1', 'localhost'));
    await page.waitForTimeout(5_000);
    const isShown = await says(openid);
    tell('the web UI by another name of the machine', isShown ? 'a user' : 'ciphertext', {
      be: 'ciphertext',
      isSo: !isShown,
    });
  } finally {
    await browser.close();
  }
}
