/** Faults planned for coming calls; each is used up by the calls it befalls, in the order of planning. */
import * as z from 'zod';

export const Call = z.enum([
  'permission',
  'permission-by-code',
  'prepare',
  'terminate',
  'create',
  'query',
  'cancel',
  'modify',
  'complete',
  'sync',
  'pay',
  'bill',
  'bill-file',
  'certificates',
  'echo',
]);
export type Call = z.infer<typeof Call>;

export const Fault = z.enum([
  'executed-then-500',
  'executed-then-cut',
  'cut',
  'unsigned-502',
  'bad-signature',
]);
export type Fault = z.infer<typeof Fault>;

export const PlannedFault = z.object({
  call: Call,
  fault: Fault,
  /** How many calls it befalls. */
  times: z.int().min(1).default(1),
});
export type PlannedFault = z.infer<typeof PlannedFault>;

export interface Faults {
  plan(fault: PlannedFault): void;
  planned(): PlannedFault[];
  /** The fault that befalls this call now, if any. */
  take(call: Call): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let planned: PlannedFault[] = [];

  return {
    plan: (fault) => void planned.push({ ...fault }),
    planned: () => planned,
    take(call) {
      const next = planned.find((fault) => fault.call === call);
      if (next === undefined) return undefined;
      next.times -= 1;
      planned = planned.filter((fault) => fault.times > 0);
      return next.fault;
    },
    clear: () => void (planned = []),
  };
}
