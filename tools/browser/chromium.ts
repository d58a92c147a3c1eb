/** Chromium as the system has it: nothing is downloaded. */
import { access } from 'node:fs/promises';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @throws {Error} where there is none */
export async function startBrowser({ CHROMIUM }: NodeJS.ProcessEnv): Promise<Browser> {
  const given = CHROMIUM ? [CHROMIUM] : PLACES;
  for (const executablePath of given) {
    if (await isThere(executablePath)) {
      // Root, as in a container, has no sandbox; the pages are ours.
      return await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    }
  }
  throw new Error(
    `no Chromium at ${given.join(', ')}: apt-get install chromium fonts-noto-cjk, or set CHROMIUM`,
  );
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
