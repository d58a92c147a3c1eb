/** What /_control says when it cannot do what was asked. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import * as z from 'zod';

export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
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
