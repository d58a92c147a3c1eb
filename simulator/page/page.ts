/** The simulator's own page at `/`: the phone, the desk and the stories. */
import { Router, type ErrorRequestHandler } from 'express';
import { checkHost } from '../control/host-check.ts';
import { createMerchantSide } from '../merchant/merchant.ts';
import type { MerchantSetting } from '../merchant/setting.ts';
import { isByScript } from './asking.ts';
import { deskRoutes } from './desk/routes.ts';
import { html } from './html.ts';
import { homeView } from './home.ts';
import { pageFiles } from './files.ts';
import { languageOf, TAGS } from './language.ts';
import { createLive } from './live.ts';
import { phoneRoutes } from './phone/routes.ts';
import { createPhoneUsers } from './phone/users.ts';
import { saidOf } from './said.ts';
import { withPolicy } from './policy.ts';
import { createServed } from './served.ts';
import { WORDS } from './sentences/catalogue.ts';
import type { PageParts } from './sources.ts';
import { createStoryChanges } from './stories/changes.ts';
import { storyRoutes } from './stories/routes.ts';

export interface Page {
  readonly router: Router;
  /** Ends what is open: whoever looks on comes again by itself. */
  stop(): void;
}

export function createPage(parts: PageParts, setting: MerchantSetting | undefined): Page {
  const { announcer, outbox, clock, base_url } = parts;
  const orderOf = (notification: string) => outbox.get(notification)?.out_order_no;
  const live = createLive(announcer);
  const ending = new AbortController();
  const around = { announcer, now: clock.now, orderOf, isLookedAt: live.isOpen };
  const merchant = setting && createMerchantSide({ ...around, setting, ended: ending.signal });
  const changes = createStoryChanges({ ...parts, kept: parts.storyChanges });
  changes.takeBack(); // of a story that was cut off by the end of the process
  const sources = { ...parts, merchant, changes, users: createPhoneUsers() };
  const served = createServed(live);

  const rooms = Router({ strict: true })
    .get(
      '/',
      served.show((req) => homeView(sources, languageOf(req))),
    )
    .use('/page', pageFiles())
    .use('/phone', phoneRoutes(sources, served))
    .use('/desk', deskRoutes(sources, served))
    .use('/stories', storyRoutes(sources, served, ending.signal));

  const router = Router({ strict: true });
  const [first, second] = merchant?.events.handlers ?? [];
  if (first && second) router.post('/merchant/events', first, second);
  router.use(['/page', '/phone', '/desk', '/stories'], checkHost(base_url), withPolicy);
  router.get('/', checkHost(base_url), withPolicy);
  router.use(rooms);
  router.use(sayError);
  return {
    router,
    stop() {
      ending.abort();
      changes.takeBack();
      live.stop();
      merchant?.phases.stop();
    },
  };
}

/** Four parameters mark an error handler. */
const sayError: ErrorRequestHandler = (error: Error & { status?: number }, req, res, next) => {
  if (res.headersSent) return next(error);
  const language = languageOf(req);
  const said = saidOf(error, WORDS[language]);
  res.status(error.status ?? 500);
  if (isByScript(req)) return void res.json({ said, isFault: true });
  const text = html`<!doctype html>
    <html lang="${TAGS[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${said}</title>
        <link rel="stylesheet" href="/page/style.css" />
      </head>
      <body class="home">
        <main>
          <h1>${said}</h1>
          <p><a href="/">${WORDS[language].home}</a></p>
        </main>
      </body>
    </html>`.html;
  res.type('html').send(text);
};
