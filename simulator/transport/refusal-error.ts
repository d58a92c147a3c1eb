/** How an endpoint says no: the name of a row in the catalogue and, for a bad field, where it is. */
import { REFUSALS, type Refusal, type RefusalName } from './refusals.ts';

export interface FaultyField {
  /** JSON pointer in a body, plain name in a URL or query. */
  readonly field: string;
  readonly value: string;
  readonly issue: string;
  readonly location: 'body' | 'url' | 'query';
  /** Place and rule as one sentence, for merchants who are told there. */
  readonly message?: string;
  /** The length or number that breaks the rule, which is told in place of the value then. */
  readonly measured?: number;
}

export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;
  readonly detail: FaultyField | undefined;

  /** A code is given where WeChat Pay is known to use several for the same refusal. */
  constructor(name: RefusalName, detail?: FaultyField, code: string = REFUSALS[name].code) {
    super(name);
    this.refusal = { ...REFUSALS[name], code };
    this.detail = detail;
  }
}
