/** What a page says. */
import type { Page } from 'playwright-core';

/** The web UI shows Markdown in frames. */
export async function textOf(page: Page): Promise<string> {
  const texts = page.frames().map((frame) => frame.locator('body').innerText({ timeout: 1_000 }));
  const settled = await Promise.allSettled(texts);
  return settled.map((it) => (it.status === 'fulfilled' ? it.value : '')).join('\n');
}
