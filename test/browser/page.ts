/** The simulator's page in a real browser, walked through once for the pictures of it; `test/page/` looks at the rest. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../../local/stack/settings.ts';
import { startPageStage } from '../page/stage.ts';
import { DESK, PHONE, watch } from './watched.ts';

const IMAGES = join(ROOT, 'docs/images');

export async function lookAtPage(browser: Browser, tell: (line: string) => void): Promise<void> {
  const stage = await startPageStage();
  const { open, trouble, closeAll } = await watch(browser, stage.url);
  const picture = async (page: Page, name: string) => {
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  };
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).first().click();
  try {
    const phone = await open({ viewport: PHONE, locale: 'zh-CN' });
    await phone.goto(`${stage.url}/phone`);
    await press(phone, '以新用户开始');
    await phone.waitForURL(/\/u\/\w+$/);
    await picture(phone, 'phone-rent');
    await press(phone, '免押金租借');
    await phone.getByRole('link', { name: '去开通免押服务' }).click();
    await phone.waitForURL(/enable/);
    await picture(phone, 'phone-authorise');
    await press(phone, '同意并开通');
    await phone.getByText('免押金使用中').waitFor();
    await phone.waitForTimeout(2_000);
    await picture(phone, 'phone-running');
    await press(phone, '归还充电宝');
    await press(phone, '去支付');
    await phone.waitForURL(/detail/);
    await picture(phone, 'phone-pay');
    await press(phone, '去支付');
    await phone.getByText('已支付，感谢守约').waitFor();
    await phone.emulateMedia({ colorScheme: 'dark' });
    await picture(phone, 'phone-paid');
    tell('the phone: rented, authorised, paid');

    const stories = await open({ viewport: DESK });
    await stories.goto(`${stage.url}/stories`);
    await stories.locator('#play-crossing').click();
    await stories.locator('.told.over').waitFor({ timeout: 60_000 });
    await stories.evaluate('scrollTo(0, 0)');
    await picture(stories, 'stories');
    tell('a story was played to its end');

    const desk = await open({ viewport: DESK });
    await desk.goto(`${stage.url}/desk`);
    await desk.locator('.phase', { hasText: 'paid' }).first().waitFor();
    await desk.locator('summary').first().click();
    await picture(desk, 'desk');
    await desk.locator('#faults').scrollIntoViewIfNeeded();
    await desk.locator('#faults').evaluate((it) => {
      (it as unknown as { scrollIntoView(): void }).scrollIntoView();
    });
    await picture(desk, 'desk-faults');
    await desk.setViewportSize(PHONE);
    await desk.evaluate('scrollTo(0, 0)');
    await picture(desk, 'desk-narrow');
    tell('the desk, in both widths');
    assert.deepEqual(trouble, []);
  } finally {
    await closeAll();
    await stage.stop();
  }
}
