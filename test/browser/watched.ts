/** A browser's page that is watched: what it says in the console, what fails, which forms it had, and which were sent. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const PHONE = { width: 375, height: 812 };
export const DESK = { width: 1280, height: 900 };

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

export interface Watch {
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Without violations, in light and in dark; and takes note of the page's forms. */
  looksWell(page: Page, what: string): Promise<void>;
  /** Whoever looks on costs those who follow. */
  closeAll(): Promise<void>;
  /** Of forms that were seen, and of those that were sent. */
  readonly seen: ReadonlySet<string>;
  readonly sent: ReadonlySet<string>;
  /** Everything that a console should not say, and a network should not do. */
  readonly trouble: readonly string[];
}

export async function watch(browser: Browser, url: string): Promise<Watch> {
  const axe = await readFile(AXE, 'utf8');
  const seen = new Set<string>();
  const sent = new Set<string>();
  const trouble: string[] = [];

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      ...{ locale: 'en-GB', viewport: DESK, reducedMotion: 'reduce' },
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => trouble.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', ({ message }) => trouble.push(message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) trouble.push(`elsewhere: ${request.url()}`);
      const path = new URL(request.url()).pathname;
      if (request.method() === 'POST') sent.add(`post ${patternOf(path)}`);
      else if (request.isNavigationRequest()) sent.add(`get ${patternOf(path)}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) trouble.push(`${response.status()} ${response.url()}`);
    });
    return page;
  }

  async function looksWell(page: Page, what: string): Promise<void> {
    const forms = await page
      .locator('form')
      .evaluateAll((all) =>
        all.map((it) => `${it.getAttribute('method')} ${it.getAttribute('action')}`),
      );
    for (const form of forms) seen.add(patternOf(form));
    await page.evaluate(axe);
    // What is dark differs by its colours alone.
    for (const [colorScheme, rules] of [
      ['light', undefined],
      ['dark', ['color-contrast']],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
      const { violations } = await page.evaluate<{ violations: Violation[] }>(
        `axe.run(document, ${JSON.stringify(options)})`,
      );
      const told = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`),
      );
      assert.deepEqual(told, [], `${what}, ${colorScheme}`);
    }
    const isWider = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    assert.equal(isWider, false, `${what} is wider than its screen`);
  }

  async function closeAll(): Promise<void> {
    for (const context of browser.contexts()) await context.close();
  }

  return { open, looksWell, closeAll, seen, sent, trouble };
}

function patternOf(path: string): string {
  return path.replace(/\/u\/[0-9a-f]+/, '/u/:user').replace(/\/R\d{14}\w+/, '/:number');
}
