/** Whose requests the page acts upon: those of its own pages, and of programs. */
import type { RequestHandler } from 'express';
import { ControlError } from '../control/control-error.ts';
import { checkOrigin } from '../control/origin-check.ts';

export const onlyFromOwnPages: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new ControlError(403, 'another page may not act for users here', 'foreign_page');
  }
  return checkOrigin(req, res, next);
};
