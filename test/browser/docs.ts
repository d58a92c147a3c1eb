/** The API's page in a real browser: its policy stops nothing of it, and it has nothing to say in the console. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { listening } from '../support/api-alone.ts';

export async function lookAtDocs(browser: Browser, tell: (line: string) => void): Promise<void> {
  const { url, server } = await listening();
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', ({ message }) => said.push(message));
  page.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (!response.ok()) said.push(`${response.status()} ${response.url()}`);
    if (!response.url().startsWith(url)) said.push(`elsewhere: ${response.url()}`);
  });
  await page.goto(`${url}/docs`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'POST /v1/service-orders', exact: true }).click();
  assert.ok(await page.locator('#openServiceOrder').isVisible());
  const columns = await page.evaluate('getComputedStyle(document.body).display');
  assert.equal(columns, 'grid', 'the style is applied');
  assert.deepEqual(said, []);
  if (process.env['PICTURE'] !== undefined) await page.screenshot({ path: process.env['PICTURE'] });
  await page.close();
  server.close();
  tell('/docs works without script, and says nothing in the console');
}
