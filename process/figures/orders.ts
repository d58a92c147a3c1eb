/** What orders come to, each counted once as it happens, however often their histories are replayed. */
import { Counter, type Registry } from 'prom-client';

/** A series that begins with its first event looks to Prometheus as if nothing had happened: each begins at 0. */
export interface Words {
  readonly phases: readonly string[];
  readonly troubles: readonly string[];
  readonly operations: readonly string[];
  readonly findings: readonly string[];
}

const OUTCOMES = ['done', 'not_allowed', 'refused'] as const;
const FOUND_BY = ['callback', 'query'] as const;
const RESULTS = ['balanced', 'unbalanced', 'failed'] as const;
const STATES = ['open', 'healed'] as const;

export function orderFigures(registry: Registry) {
  const registers = [registry];
  const phases = new Counter({
    name: 'payscore_order_phases_total',
    help: 'How often orders reached a phase; `creating` are those that were opened or taken up.',
    labelNames: ['phase'],
    registers,
  });
  const troubles = new Counter({
    name: 'payscore_order_troubles_total',
    help: 'How often orders came into a trouble.',
    labelNames: ['trouble'],
    registers,
  });
  const operations = new Counter({
    name: 'payscore_operations_total',
    help: 'What was to be done to orders, by what it came to; `not_allowed` by our rules, `refused` by WeChat Pay.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const payments = new Counter({
    name: 'payscore_payments_total',
    help: 'Payments that orders learned of, by how: WeChat Pay’s callback told, or it was asked.',
    labelNames: ['found_by'],
    registers,
  });
  const reconciliations = new Counter({
    name: 'payscore_reconciliations_total',
    help: 'Days that were compared with WeChat Pay’s bill, by the result; `failed` have no whole report.',
    labelNames: ['result'],
    registers,
  });
  const findings = new Counter({
    name: 'payscore_reconciliation_findings_total',
    help: 'What bills and orders disagreed about when a day’s report was done; `healed` needs nobody any more.',
    labelNames: ['kind', 'state'],
    registers,
  });
  const unclaimed = new Counter({
    name: 'payscore_unclaimed_payments_total',
    help: 'Verified notifications of a payment that no order here can take: each order is to be looked up at WeChat Pay.',
    registers,
  });

  return {
    countPhase: (phase: string) => phases.inc({ phase }),
    countTrouble: (trouble: string) => troubles.inc({ trouble }),
    countOperation: (operation: string, outcome: (typeof OUTCOMES)[number]) =>
      operations.inc({ operation, outcome }),
    countPayment: (found_by: (typeof FOUND_BY)[number]) => payments.inc({ found_by }),
    countReconciliation: (result: (typeof RESULTS)[number]) => reconciliations.inc({ result }),
    countFindings: (kind: string, state: (typeof STATES)[number], count: number) =>
      findings.inc({ kind, state }, count),
    countUnclaimedPayment: () => unclaimed.inc(),
    beginAtZero(words: Words): void {
      for (const phase of words.phases) phases.inc({ phase }, 0);
      for (const trouble of words.troubles) troubles.inc({ trouble }, 0);
      for (const operation of words.operations)
        for (const outcome of OUTCOMES) operations.inc({ operation, outcome }, 0);
      for (const found_by of FOUND_BY) payments.inc({ found_by }, 0);
      for (const result of RESULTS) reconciliations.inc({ result }, 0);
      for (const kind of words.findings)
        for (const state of STATES) findings.inc({ kind, state }, 0);
    },
  };
}
