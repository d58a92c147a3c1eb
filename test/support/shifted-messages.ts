/** What an API sends whose clock is Temporal's: a server that skips time is ahead of this machine. */
import type { WorkflowClientInterceptor } from '@temporalio/client';

/** When a message was taken, and how long somebody waits for what comes of it. */
const TIMES = ['receivedAt', 'notAfter'] as const;

/** @param aheadMs of Temporal's clock, as it is now */
export function shiftedMessages(aheadMs: () => number): WorkflowClientInterceptor {
  const shifted = (args: unknown[]) => args.map((message) => later(message, aheadMs()));
  return {
    startUpdate: (input, next) => next({ ...input, args: shifted(input.args) }),
    startUpdateWithStart: (input, next) =>
      next({ ...input, updateArgs: shifted(input.updateArgs) }),
    signal: (input, next) => next({ ...input, args: shifted(input.args) }),
  };
}

function later(message: unknown, ms: number): unknown {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return message;
  const fields = Object.entries(message).map(([name, value]) => {
    const isTime = (TIMES as readonly string[]).includes(name) && typeof value === 'string';
    return [name, isTime ? new Date(Date.parse(value) + ms).toISOString() : (value as unknown)];
  });
  return Object.fromEntries(fields);
}
