/** The latest signed calls and what came of each: for people who look on; forgotten when the simulator ends. */
import type { Announce } from '../announcer.ts';
import type { Call } from './call.ts';
import type { Subject } from './order-of-request.ts';

export interface LoggedCall extends Subject {
  readonly call: Call;
  readonly request_id: string;
  /** Real time, ISO 8601. */
  readonly time: string;
  readonly took_ms: number;
  /** Absent where the answer did not go out whole: the connection was cut, or the merchant has not waited. */
  readonly status?: number;
  /** Of a refusal. */
  readonly code?: string;
  readonly fault?: string;
}

/** A call that is being answered. */
export interface OpenCall {
  struck(fault: string): void;
  /** What it came to, whatever then becomes of the answer. */
  cameTo(code: unknown): void;
  ended(status: number | undefined): void;
}

export interface CallLog {
  begin(call: Call, request_id: string, subject: Subject): OpenCall;
  /** The newest first. */
  latest(): readonly LoggedCall[];
}

const KEPT = 300;

export function createCallLog(announce: Announce): CallLog {
  let calls: readonly LoggedCall[] = [];

  return {
    begin(call, request_id, subject) {
      const begunMs = Date.now();
      const time = new Date(begunMs).toISOString();
      let known: Partial<LoggedCall> = {};
      return {
        struck: (fault) => void (known = { ...known, fault }),
        cameTo(code) {
          if (typeof code === 'string') known = { ...known, code };
        },
        ended(status) {
          const took_ms = Date.now() - begunMs;
          const ended = { call, request_id, time, took_ms, ...subject, ...known };
          calls = [{ ...ended, ...(status !== undefined && { status }) }, ...calls].slice(0, KEPT);
          announce({ kind: 'call', key: subject.out_order_no ?? '' });
        },
      };
    },
    latest: () => calls,
  };
}
