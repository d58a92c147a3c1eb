/** Who is let in to the page: a browser that came by a name of this simulator's, and pages of its own. */
import type { RequestHandler } from 'express';
import { ControlError } from '../control/control-error.ts';
import { checkOrigin } from '../control/origin-check.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** A stranger's page may have a name that leads here (DNS rebinding): what it cannot choose is `Host`. */
export function onlyByOwnName(base_url: string): RequestHandler {
  const own = new URL(base_url).host;
  return ({ headers: { host = '' } }, _res, next) => {
    if (!LOOPBACK.test(host) && host !== own) {
      throw new ControlError(403, 'the page is here under a loopback address and SIMULATOR_URL');
    }
    next();
  };
}

/** What changes something comes from the page itself, or from a program. */
export const onlyFromOwnPages: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new ControlError(403, 'another page may not act for users here');
  }
  return checkOrigin(req, res, next);
};
