/** The simulator's page in a real browser, before the whole product: every button, every story to its end, for everybody who looks. `npm run browser` runs it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Fault } from '../../simulator/faults/answer-faults.ts';
import { NotificationFault } from '../../simulator/faults/notification-faults.ts';
import { rfc3339 } from '../../simulator/beijing-time.ts';
import { startBrowser } from '../../tools/browser/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { startPageStage, type PageStage } from '../page/stage.ts';
import { PHONE, watch, type Watch } from './watched.ts';

describe('the page in a browser', () => {
  let browser: Browser;
  let stage: PageStage;
  let watched: Watch;

  before(async () => {
    browser = await startBrowser(process.env);
    stage = await startPageStage();
    watched = await watch(browser, stage.url);
  });
  afterEach(async () => await watched.closeAll());
  after(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).first().click();
  const shows = (page: Page, text: string) => page.getByText(text).first().waitFor();

  /** From the code to the running service. */
  async function rent(page: Page): Promise<void> {
    await page.goto(`${stage.url}/phone`);
    await press(page, '以新用户开始');
    await page.waitForURL(/\/u\/\w+$/);
    await press(page, '免押金租借');
    await page.getByRole('link', { name: '去开通免押服务' }).click();
    await press(page, '同意并开通');
    await shows(page, '免押金使用中');
  }

  it('a first-time user authorises, rents, gives back and pays by pressing', async () => {
    const page = await watched.open({ viewport: PHONE });
    await page.goto(`${stage.url}/`);
    await watched.looksWell(page, 'home, narrow');
    await page.goto(`${stage.url}/phone`);
    await watched.looksWell(page, 'who it is');
    await press(page, '以新用户开始');
    await page.waitForURL(/\/u\/\w+$/);
    await watched.looksWell(page, 'the shop');
    await press(page, '免押金租借');
    await shows(page, '去开通免押服务');
    await watched.looksWell(page, 'to authorise');
    await press(page, '我已开通');
    await shows(page, '已查询授权状态。');
    await page.getByRole('link', { name: '去开通免押服务' }).click();
    await page.waitForURL(/enable/);
    await watched.looksWell(page, 'the authorization page');
    await press(page, '同意并开通');
    await shows(page, '免押金使用中');
    const clock = page.getByRole('timer');
    const first = await clock.innerText();
    await eventually('the clock goes on', async () => (await clock.innerText()) !== first);
    await watched.looksWell(page, 'running');
    await press(page, '归还充电宝');
    await shows(page, '待支付');
    await watched.looksWell(page, 'to pay');
    await press(page, '扣款失败');
    await shows(page, '已扣款失败 1 次');
    await press(page, '去支付');
    await page.waitForURL(/\/phone\/detail\?.*&sign=[0-9A-F]{64}$/);
    await shows(page, '商户签名校验通过');
    await watched.looksWell(page, 'WeChat’s page of the order');
    await press(page, '去支付');
    await shows(page, '已支付，感谢守约');
    await watched.looksWell(page, 'paid');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  });

  it('WeChat Pay charges by itself; an order is cancelled; the authorization is revoked', async () => {
    const page = await watched.open({ viewport: PHONE });
    await rent(page);
    await press(page, '归还充电宝');
    await shows(page, '微信支付自动扣款');
    await press(page, '自动扣款成功');
    await shows(page, '已支付');
    await page.getByRole('link', { name: '返回' }).click();
    await press(page, '免押金租借');
    await shows(page, '免押金使用中');
    await press(page, '查看订单');
    await shows(page, '商户签名校验通过');
    await page.goBack();
    await press(page, '取消订单');
    await shows(page, '商户已取消订单');
    await page.getByRole('link', { name: '返回' }).click();
    await page.getByRole('link', { name: '微信支付分：授权与订单' }).click();
    await watched.looksWell(page, 'the pay score');
    await press(page, '解除授权');
    await shows(page, '已解除授权。');
    await watched.looksWell(page, 'revoked');
    await press(page, '直接授权');
    await shows(page, '授权时间');
    await page.getByRole('link', { name: /已取消/ }).click();
    await shows(page, '订单详情');
  });

  it('the desk shows at once what happens on the phone, and both sides of it', async () => {
    const desk = await watched.open();
    await desk.goto(`${stage.url}/desk`);
    const phone = await watched.open({ viewport: PHONE });
    await rent(phone);
    const number = await phone.locator('.number').first().innerText();
    const order = desk.locator(`#order-${number}`);
    await order.locator('.phase', { hasText: 'in_service' }).waitFor();
    await order.locator('summary').click();
    await press(phone, '归还充电宝');
    await order.locator('.phase', { hasText: 'paying' }).waitFor();
    await desk.locator(`#charge-${number}`).waitFor();
    await watched.looksWell(desk, 'the desk');

    await desk.locator(`#fail-${number}`).click();
    await order.getByText('a charge failed').waitFor();
    await desk.locator(`#lose-${number}`).focus();
    await desk.keyboard.press('Enter');
    await shows(desk, 'lost, 1 more');
    await desk.locator(`#charge-${number}`).click();
    await order.getByText('fault lost').waitFor();
    await order.getByRole('button', { name: 'Resend PAYSCORE.USER_PAID' }).click();
    await shows(desk, 'Sent again: 204.');
    await order.locator('.attempts .well', { hasText: '204' }).waitFor();
    await order.locator('.phase', { hasText: 'paid' }).waitFor();
    await order.getByText('service_order.paid').waitFor();
    assert.equal(await order.locator('details').getAttribute('open'), '', 'it has stayed open');
    const focused = await desk.evaluate('document.activeElement?.id');
    assert.notEqual(focused, '', 'focus was not lost');

    const link = order.getByRole('link', { name: 'Workflow in Temporal’s web UI' });
    const id = encodeURIComponent(`service-order/${stage.stack.merchant.mchid}/${number}`);
    assert.match(String(await link.getAttribute('href')), new RegExp(`/workflows/${id}$`));
    await order.getByRole('link', { name: 'What our API answers' }).click();
    await shows(desk, `"out_order_no": "${number}"`);
    await watched.looksWell(desk, 'what the API answers');
    await desk.goBack();
    await desk.setViewportSize(PHONE);
    await watched.looksWell(desk, 'the desk, narrow');
  });

  it('holds notifications, sets the clock, shows the bill', async () => {
    const page = await watched.open();
    await page.goto(`${stage.url}/desk`);
    await press(page, 'Hold all back');
    await shows(page, 'Let them go');
    await press(page, 'Let them go');
    await shows(page, 'Hold all back');
    await press(page, 'Lose the next callback');
    await shows(page, 'lost, 1 more');
    await press(page, 'Call all off');
    await shows(page, 'Nothing is planned.');
    const begun = stage.stack.simulator.clock.now();
    await press(page, 'One hour on');
    await press(page, 'One day on');
    await eventually('a day and an hour', async () => {
      return stage.stack.simulator.clock.now() - begun > 25 * 3_600_000 - 1_000;
    });
    await press(page, 'Back to real time');
    await eventually('today', async () => {
      return Math.abs(stage.stack.simulator.clock.now() - Date.now()) < 1_000;
    });
    await page.locator('#bill-day').fill(rfc3339(Date.now()).slice(0, 10));
    await press(page, 'Show');
    await page.waitForURL(/bill\?day=/);
    await shows(page, '¥3.00');
    await watched.looksWell(page, 'the bill');
  });

  it('a page that is hidden listens to nothing, and shows all of it when it is looked at again', async () => {
    const page = await watched.open();
    await page.goto(`${stage.url}/desk`);
    await shows(page, 'Nothing is planned.');
    const turn = async (to: 'hidden' | 'visible') =>
      await page.evaluate(`
        Object.defineProperty(document, 'visibilityState', { value: '${to}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
    await turn('hidden');
    await stage.stack.people.planFault({ fault: 'cut', call: 'modify' });
    await page.waitForTimeout(500);
    assert.equal(await page.getByText('cut, 1 more').count(), 0);
    await turn('visible');
    await shows(page, 'cut, 1 more');
    await stage.stack.people.clearFaults();
    await shows(page, 'Nothing is planned.');
  });

  it('any fault of the tables is one click away', async () => {
    const page = await watched.open();
    await page.goto(`${stage.url}/desk`);
    const names = [...Fault.options, ...NotificationFault.options];
    const shown = page.locator('.faults button[name="fault"]');
    assert.equal(await shown.count(), names.length);
    await shown.evaluateAll((buttons) => {
      for (const button of buttons) (button as unknown as { click(): void }).click();
    });
    await eventually('all', async () => {
      const { faults, notification_faults } = await stage.stack.people.faults();
      return faults.length + notification_faults.length === names.length;
    });
    await page.locator('#planned li').last().waitFor();
    await press(page, 'Call all off');
    await shows(page, 'Nothing is planned.');
  });

  it('a fault strikes the call and the order that were chosen', async () => {
    const page = await watched.open();
    await page.goto(`${stage.url}/desk`);
    const number = (await page.locator('#orders .number').first().innerText()).trim();
    await page.locator('#fault-call').selectOption('query');
    await page.locator('#fault-order').selectOption(number);
    await page.locator('#fault-refusal').selectOption('riskRefused');
    await page.locator('form[action="/desk/faults"] button[value="refused"]').click();
    await shows(page, 'refused, 1 more');
    const { faults } = await stage.stack.people.faults();
    const [planned] = faults;
    assert.deepEqual(
      [planned?.fault, planned?.call, planned?.out_order_no, planned?.refusal],
      ['refused', 'query', number, 'riskRefused'],
    );
    await press(page, 'Call all off');
    await shows(page, 'Nothing is planned.');
  });

  for (const name of [
    'plain',
    'first-time',
    'lost-callback',
    'cut-answer',
    'crossing',
    'morning',
  ] as const) {
    it(`plays the story ${name} to its end, and leaves nothing behind`, async () => {
      const page = await watched.open();
      await page.goto(`${stage.url}/stories`);
      if (name === 'plain') await watched.looksWell(page, 'the stories');
      await page.locator(`#play-${name}`).click();
      await page.locator('.told:not(.over)').waitFor();
      await page.locator('.told.over').waitFor({ timeout: 60_000 });
      const told = await page.locator('.told').innerText();
      assert.match(told, /Shown: /, told);
      assert.equal(await page.locator('.told .fault').count(), 0, told);
      const { faults, notification_faults } = await stage.stack.people.faults();
      assert.deepEqual([faults, notification_faults], [[], []]);
      assert.ok(Math.abs(stage.stack.simulator.clock.now() - Date.now()) < 2_000);
      if (name === 'crossing') await watched.looksWell(page, 'a story');
    });
  }

  it('a story is played by keyboard alone, in Chinese, and another must wait', async () => {
    const page = await watched.open({ locale: 'zh-CN' });
    await page.goto(`${stage.url}/`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement?.textContent'), '跳到正文');
    const focused = () => page.evaluate<string>('document.activeElement?.textContent.trim()');
    const tabTo = async (text: string) => {
      for (let i = 0; i < 40 && (await focused()) !== text; i++) await page.keyboard.press('Tab');
      assert.equal(await focused(), text);
    };
    await tabTo('故事');
    await page.keyboard.press('Enter');
    await page.waitForURL(/stories/);
    await tabTo('播放');
    await page.keyboard.press('Enter');
    await page.locator('.told:not(.over)').waitFor();
    await page.locator('#play-crossing').press('Enter');
    await shows(page, '另一个故事正在播放');
    await page.locator('.told.over').waitFor();
    assert.match(await page.locator('.told').innerText(), /看到的是/);
    assert.equal(await page.evaluate('document.activeElement?.id'), 'play-crossing');
    await page.getByRole('link', { name: 'English' }).click();
    await shows(page, 'Shown: ');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });

  it('works without script: forms lead back to their page, which says what came of it', async () => {
    const page = await watched.open({ javaScriptEnabled: false, viewport: PHONE });
    await page.goto(`${stage.url}/phone`);
    await press(page, '以新用户开始');
    await page.waitForURL(/\/u\/\w+/);
    await page.getByRole('link', { name: '微信支付分：授权与订单' }).click();
    await press(page, '直接授权');
    await shows(page, '已授权。');
    await page.getByRole('link', { name: '返回' }).click();
    await press(page, '免押金租借');
    await page.waitForURL(/orders/);
    await eventually('in service', async () => {
      await page.reload();
      return (await page.getByText('免押金使用中').count()) > 0;
    });
    await press(page, '取消订单');
    await shows(page, '已取消订单。');
  });

  it('pays back what crossed a cancellation, by a button of the desk', async () => {
    const { people, api } = stage.stack;
    const desk = await watched.open();
    await desk.goto(`${stage.url}/desk`);
    const phone = await watched.open({ viewport: PHONE });
    await rent(phone);
    const number = await phone.locator('.number').first().innerText();
    await press(phone, '归还充电宝');
    await shows(phone, '待支付');
    await api.cancel(number, { reason: '用户取消' });
    await shows(phone, '已取消');
    await people.chargeAnyway(number);
    const order = desk.locator(`#order-${number}`);
    await order.locator('.phase', { hasText: 'refund_due' }).waitFor();
    await order.locator('summary').click();
    await watched.looksWell(desk, 'the desk with a trouble');
    await desk.locator(`#pay-back-${number}`).click();
    await order.getByText('refund_accepted').waitFor();
  });

  it('every form that was to be seen has been sent', () => {
    const unsent = [...watched.seen].filter((form) => !watched.sent.has(form));
    assert.deepEqual(unsent, []);
  });

  it('nothing else was said in the console, failed or came from elsewhere', () => {
    // Of the story that had to wait.
    const refused = [
      `409 ${stage.url}/stories/crossing`,
      'error: Failed to load resource: the server responded with a status of 409 (Conflict)',
    ];
    assert.deepEqual(watched.trouble.toSorted(), refused);
  });
});
