/** Who may act for users: programs and people here, not whatever page a browser happens to show. */
import type { RequestHandler } from 'express';
import { ControlError } from './control-error.ts';

/** Browsers name the page's origin wherever it could change something; programs name none. */
export const checkOrigin: RequestHandler = ({ protocol, headers }, _res, next) => {
  const { origin, host = '' } = headers;
  if (origin !== undefined && hostOf(origin) !== hostOf(`${protocol}://${host}`)) {
    const message = `a page of ${origin} may not act for users here`;
    throw new ControlError(403, message, 'foreign_page');
  }
  next();
};

/** Undefined for "null" and whatever else is no URL; a port that goes without saying is left out. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
