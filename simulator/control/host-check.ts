/** By which names it is reached: not by one that a stranger's page has made to lead here (DNS rebinding). */
import type { RequestHandler } from 'express';
import { isIP } from 'node:net';
import { ControlError } from './control-error.ts';

/**
 * What a page cannot choose is `Host`: it is the name of its own site. No stranger's site is an address here, has a name without
 * a dot, as containers call each other, or the name that the simulator was given. Over TLS the certificate has told whose it is.
 */
export function checkHost(base_url: string): RequestHandler {
  const own = new URL(base_url).hostname;
  return ({ secure, headers: { host = '' } }, _res, next) => {
    const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '.';
    const isNearby = isIP(name.replace(/^\[|\]$/g, '')) > 0 || !name.includes('.');
    if (!secure && !isNearby && name !== own) {
      const message = 'it is here under an address, a name without a dot, and SIMULATOR_URL';
      throw new ControlError(403, message, 'foreign_name');
    }
    next();
  };
}
