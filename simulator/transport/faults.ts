/** Which fault strikes a call: a planned one, else one by chance. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Fault } from '../faults/answer-faults.ts';
import { createPlan, type Plan } from '../faults/plan.ts';
import type { RandomFaults } from '../faults/random.ts';
import { FaultParameters } from '../faults/faulted-call.ts';
import type { Tally } from '../faults/tally.ts';
import type { Journal } from '../journal.ts';
import { Call } from './call.ts';
import type { RoutedRequest, SubjectOf } from './order-of-request.ts';

export const PlannedFault = z
  .object({
    fault: Fault,
    /** Default: any call. */
    call: Call.optional(),
    /** Default: any order. */
    out_order_no: z.string().optional(),
    /** Default: any refund, or none. */
    out_refund_no: z.string().optional(),
    /** How many calls it befalls. */
    times: z.int().min(1).default(1),
    ...FaultParameters.shape,
  })
  .refine(({ fault, refusal }) => fault !== 'refused' || refusal !== undefined, {
    path: ['refusal'],
    error: 'which refusal?',
  });
export type PlannedFault = z.infer<typeof PlannedFault>;

/** What became of a call that was executed after its connection had been cut. */
export interface LateExecution {
  readonly call: Call;
  readonly request_id: string;
  /** Real time, ISO 8601. */
  readonly time: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
}

export interface Struck extends FaultParameters {
  readonly fault: Fault;
}

export interface Faults {
  readonly planned: Plan<PlannedFault>;
  /** The fault that befalls this call now, if any. */
  take(call: Call, request: RoutedRequest): Struck | undefined;
  recordLate(execution: LateExecution): void;
  late(): LateExecution[];
}

export interface FaultsParts {
  readonly journal: Journal;
  readonly random: Pick<RandomFaults, 'ofCall'>;
  readonly tally: Pick<Tally, 'count'>;
  readonly subjectOf: SubjectOf;
}

export function createFaults({ journal, random, tally, subjectOf }: FaultsParts): Faults {
  const planned = createPlan(journal.collection<readonly PlannedFault[]>('planned-fault'));
  const late = journal.collection<LateExecution>('late-execution');
  const probes = journal.collection<true>('signature-probe');

  function next(call: Call, request: RoutedRequest): Struck | undefined {
    const isRepetition = () => probes.get(fingerprintOf(request)) !== undefined;
    const subject = planned.all().length === 0 ? {} : subjectOf(request); // few read the body twice
    const fits = (it: PlannedFault) =>
      (it.call ?? call) === call &&
      (it.out_order_no === undefined || it.out_order_no === subject.out_order_no) &&
      (it.out_refund_no === undefined || it.out_refund_no === subject.out_refund_no) &&
      !(it.fault === 'signtest' && isRepetition()); // WeChat Pay never probes one request twice (docs/wechatpay-facts.md#signature-probes)
    const one = planned.take(fits);
    if (one !== undefined) return one;
    const drawn = random.ofCall(call);
    return drawn?.fault === 'signtest' && isRepetition() ? undefined : drawn;
  }

  return {
    planned,
    take(call, request) {
      const struck = next(call, request);
      if (struck?.fault === 'signtest') probes.put(fingerprintOf(request), true);
      if (struck !== undefined) tally.count(struck.fault);
      return struck;
    },
    recordLate: (execution) => late.put(execution.request_id, execution),
    late: () => late.values(),
  };
}

/** The same for a repetition, which differs in nonce, timestamp and signature only. */
function fingerprintOf({ method, target, body }: RoutedRequest): string {
  return createHash('sha256').update(`${method} ${target}\n`).update(body).digest('base64');
}
