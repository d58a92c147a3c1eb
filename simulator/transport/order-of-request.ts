/** Which order a request is about, wherever it says so: in its path, its query or its body, or by what it is to refund. */
import type { ReceivedRequest } from './request-check.ts';

export interface RoutedRequest extends ReceivedRequest {
  readonly params: Readonly<Record<string, string>>;
}

/** What a request names. */
export interface Subject {
  readonly out_order_no?: string | undefined;
  readonly out_refund_no?: string | undefined;
}

export type SubjectOf = (request: RoutedRequest) => Subject;

/** How an order is known that a request does not name. */
export interface KnownNumbers {
  ofTransaction(transaction_id: string): string | undefined;
  ofRefund(out_refund_no: string): string | undefined;
}

export function createSubjectOf({ ofTransaction, ofRefund }: KnownNumbers): SubjectOf {
  return ({ params, target, body }) => {
    const query = new URLSearchParams(target.split('?').slice(1).join('?'));
    const said = textsOf(body);
    const named = (field: string) => params[field] ?? query.get(field) ?? said[field];
    const out_refund_no = named('out_refund_no');
    const { transaction_id } = said;
    return {
      out_refund_no,
      out_order_no:
        named('out_order_no') ??
        (transaction_id === undefined ? undefined : ofTransaction(transaction_id)) ??
        (out_refund_no === undefined ? undefined : ofRefund(out_refund_no)),
    };
  };
}

/** The body's own fields that are texts. */
function textsOf(body: Buffer): Partial<Record<string, string>> {
  try {
    const fields = Object.entries(Object(JSON.parse(body.toString())));
    return Object.fromEntries(
      fields.filter((it): it is [string, string] => typeof it[1] === 'string'),
    );
  } catch {
    return {}; // whoever reads the body will say so
  }
}
