/** What the simulator did with every request: its own log, by the stem of `Request-ID`. */
import { pino } from 'pino';

export type WechatRecord = ReturnType<typeof createWechatRecord>;

export function createWechatRecord() {
  const faults = new Map<string, string>();
  const answered = new Set<string>();
  const untaken = new Set<string>();

  function take(line: string): void {
    const { msg, call, fault, request_id, out_order_no } = JSON.parse(line) as Partial<
      Record<string, string>
    >;
    if (request_id === undefined) return;
    if (msg === 'fault' && fault !== undefined) faults.set(stemOf(request_id), fault);
    if (call === 'create' && fault?.startsWith('sign-error') && out_order_no !== undefined) {
      untaken.add(out_order_no);
    }
    if (msg === 'answered') answered.add(request_id);
  }

  return {
    logger: pino({ level: 'info' }, { write: take }),
    /** Whether its creation was answered 401. */
    wasUntaken: (out_order_no: string) => untaken.has(out_order_no),
    /** Why a refusal with this Request-ID is none of WeChat Pay's; undefined when it is. */
    objectionTo(request_id: string): string | undefined {
      const fault = faults.get(stemOf(request_id));
      if (fault?.includes('unsigned')) return 'nothing proves that WeChat Pay refused it';
      return answered.has(request_id) ? undefined : 'WeChat Pay has never answered so';
    },
  };
}

function stemOf(request_id: string): string {
  return request_id.split('-')[0] ?? '';
}
