/** The command `npm run browser`: pages in a real browser, and the pictures of them in the documents. */
import { lookAtAlerts } from './alerts.ts';
import { lookAtChinese } from './chinese.ts';
import { lookAtCodec } from './codec.ts';
import { lookAtDocs } from './docs.ts';
import { lookAtPage } from './page.ts';
import { startBrowser } from '../../tools/browser/chromium.ts';

const tell = (line: string) => console.log(line);
const browser = await startBrowser(process.env);
try {
  await lookAtDocs(browser, tell);
  await lookAtPage(browser, tell);
  await lookAtCodec(browser, tell);
  await lookAtChinese(browser, tell);
  await lookAtAlerts(browser, tell);
} finally {
  await browser.close();
}
process.exit(0);
