/** What /_control says when it cannot do what was asked; the page says it in words of its own. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import * as z from 'zod';

/** Of what the page can come to as well. */
export type ControlReason =
  | 'no_such_order'
  | 'not_charging'
  | 'no_such_token'
  | 'token_expired'
  | 'code_of_another'
  | 'clock_too_far'
  | 'foreign_name'
  | 'foreign_page';

export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly reason: ControlReason | undefined;

  constructor(status: number, message: string, reason?: ControlReason) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export const nothingHere: RequestHandler = (req) => {
  throw new ControlError(404, `there is no ${req.method} ${req.baseUrl}${req.path}`);
};

type Thrown = Error & { readonly status?: number };

/** Four parameters: that is how Express tells an error handler. */
export const answerError: ErrorRequestHandler = (error: Thrown, _req, res, _next) => {
  if (error instanceof z.ZodError) {
    res.status(400).json({ error: z.prettifyError(error) });
    return;
  }
  res.status(error.status ?? 500).json({ error: error.message }); // body-parser's errors have a status too
};
