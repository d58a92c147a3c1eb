/** Which order a request is about, wherever it says so: in its path, its query or its body. */
import type { ReceivedRequest } from './request-check.ts';

export interface RoutedRequest extends ReceivedRequest {
  readonly params: Readonly<Record<string, string>>;
}

export function orderOf({ params, target, body }: RoutedRequest): string | undefined {
  const query = new URLSearchParams(target.split('?').slice(1).join('?'));
  return params['out_order_no'] ?? query.get('out_order_no') ?? orderOfBody(body);
}

function orderOfBody(body: Buffer): string | undefined {
  try {
    const { out_order_no } = JSON.parse(body.toString());
    return typeof out_order_no === 'string' ? out_order_no : undefined;
  } catch {
    return undefined; // whoever reads the body will say so
  }
}
