/** The simulator's own page at `/`: the phone, the desk and the stories. */
import { Router, type ErrorRequestHandler } from 'express';
import * as z from 'zod';
import { createMerchantSide } from '../merchant/merchant.ts';
import type { MerchantSetting } from '../merchant/setting.ts';
import { deskRoutes } from './desk/routes.ts';
import { onlyByOwnName } from './door.ts';
import { html } from './html.ts';
import { homeView } from './home.ts';
import { pageFiles } from './files.ts';
import { languageOf, TAGS } from './language.ts';
import { createLive } from './live.ts';
import { phoneRoutes } from './phone/routes.ts';
import { createPhoneUsers } from './phone/users.ts';
import { withPolicy } from './policy.ts';
import { createServed } from './served.ts';
import { WORDS } from './sentences/catalogue.ts';
import type { PageParts } from './sources.ts';
import { storyRoutes } from './stories/routes.ts';

export interface Page {
  readonly router: Router;
  /** Ends what is open: whoever looks on comes again by itself. */
  stop(): void;
}

export function createPage(parts: PageParts, setting: MerchantSetting | undefined): Page {
  const { announcer, outbox, clock, base_url } = parts;
  const orderOf = (notification: string) => outbox.get(notification)?.out_order_no;
  const merchant = setting && createMerchantSide({ setting, announcer, now: clock.now, orderOf });
  const sources = { ...parts, merchant, users: createPhoneUsers() };
  const live = createLive(announcer);
  const served = createServed(live);

  const rooms = Router({ strict: true })
    .get(
      '/',
      served.show((req) => homeView(sources, languageOf(req))),
    )
    .use('/page', pageFiles())
    .use('/phone', phoneRoutes(sources, served))
    .use('/desk', deskRoutes(sources, served))
    .use('/stories', storyRoutes(sources, served));

  const router = Router({ strict: true });
  const [first, second] = merchant?.events.handlers ?? [];
  if (first && second) router.post('/merchant/events', first, second);
  router.use(['/page', '/phone', '/desk', '/stories'], onlyByOwnName(base_url), withPolicy);
  router.get('/', onlyByOwnName(base_url), withPolicy);
  router.use(rooms);
  router.use(sayError);
  return {
    router,
    stop() {
      live.stop();
      merchant?.phases.stop();
    },
  };
}

/** Four parameters mark an error handler. */
const sayError: ErrorRequestHandler = (error: Error & { status?: number }, req, res, next) => {
  if (res.headersSent) return next(error);
  const said = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  const text = html`<!doctype html>
    <html lang="${TAGS[languageOf(req)]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${said}</title>
        <link rel="stylesheet" href="/page/style.css" />
      </head>
      <body class="home">
        <main>
          <h1>${said}</h1>
          <p><a href="/">${WORDS[languageOf(req)].home}</a></p>
        </main>
      </body>
    </html>`.html;
  res
    .status(error.status ?? 500)
    .type('html')
    .send(text);
};
