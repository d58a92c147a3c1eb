/** Temporal's web UI in a browser, with our codec endpoint. */
import type { Browser, Page } from 'playwright-core';
import { textOf } from '../../tools/browser/text.ts';
import { eventually } from '../support/eventually.ts';
import type { Stack } from '../support/stack.ts';

const VIEW = { width: 1_300, height: 1_000 };
const SHOWN_MS = 20_000;

/** Of a browser. */
interface Storage {
  setItem(name: string, value: string): void;
}

/** A browser of somebody who has the web UI ask our endpoint, with the cookies of its site. */
export async function pageWith(browser: Browser, { url }: Stack): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEW });
  await context.addInitScript((endpoint) => {
    // The names of the web UI's own settings; it has no others for one browser.
    const { localStorage } = globalThis as unknown as { readonly localStorage: Storage };
    localStorage.setItem('endpoint', JSON.stringify(endpoint));
    localStorage.setItem('includeCredentials', 'true');
    localStorage.setItem('overrideRemoteCodecConfiguration', 'true');
  }, `${url}/codec`);
  return await context.newPage();
}

export async function shows(page: Page, url: string, text: string): Promise<void> {
  await page.goto(url);
  await eventually(text, async () => (await textOf(page)).includes(text), SHOWN_MS);
}
