/** What a line of the log says of the run that it is about: the order's number, or the day, and which of its runs. */

/** By the workflow's id, as `workflows/contract.ts` makes it: `service-order/<mchid>/<out_order_no>`. */
export function orderFactsOf(workflowId: string, runId: string): Readonly<Record<string, string>> {
  const [kind, , subject] = workflowId.split('/');
  const name = SUBJECTS[kind ?? ''];
  return { ...(name && subject && { [name]: subject }), run_id: runId };
}

/** What stands third in an id. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'service-order': 'out_order_no',
  inquiry: 'out_order_no',
  reconciliation: 'bill_date',
};
