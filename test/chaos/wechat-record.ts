/** What the simulator did with every request: its own log. */
import { pino } from 'pino';

export type WechatRecord = ReturnType<typeof createWechatRecord>;

export function createWechatRecord() {
  /** By `Request-ID`, and whether with a signature. */
  const answered = new Map<string, boolean>();
  /** When a creation was last answered 401, in ms. */
  const untaken = new Map<string, number>();

  function take(line: string): void {
    const { msg, call, fault, request_id, out_order_no, signed } = JSON.parse(line) as LogLine;
    if (call === 'create' && fault?.startsWith('sign-error') && out_order_no !== undefined) {
      untaken.set(out_order_no, Date.now());
    }
    if (msg === 'answered' && request_id !== undefined) answered.set(request_id, signed === true);
  }

  return {
    logger: pino({ level: 'info' }, { write: take }),
    /** Whether its creation was answered 401 since then, in ms. */
    wasUntaken: (out_order_no: string, since: number) => (untaken.get(out_order_no) ?? -1) >= since,
    /** Why a refusal with this Request-ID is none of WeChat Pay's; undefined when it is. */
    objectionTo(request_id: string): string | undefined {
      const signed = answered.get(request_id);
      if (signed === undefined) return 'WeChat Pay has never answered so';
      return signed ? undefined : 'nothing proves that WeChat Pay refused it';
    },
  };
}

interface LogLine {
  readonly msg?: string;
  readonly call?: string;
  readonly fault?: string;
  readonly request_id?: string;
  readonly out_order_no?: string;
  readonly signed?: boolean;
}
