/** What is asked of a worker without an order's run, and what it answers. Whoever asks is our own program: nothing is parsed. */
import type { AuthorizationOf } from './authorization.ts';

/** Which authorization: whose, for which service, by way of which application. */
export interface AuthorizationKey {
  readonly of: AuthorizationOf;
  readonly service_id: string;
  readonly appid: string;
}

export interface Termination extends AuthorizationKey {
  readonly reason: string;
}

export interface Preparation {
  readonly service_id: string;
  readonly appid: string;
  readonly authorization_code: string;
  readonly notify_url: string;
}

export interface Prepared {
  readonly apply_permissions_token: string;
  /** RFC 3339. */
  readonly expires_at: string;
}

/** Which order's page is to be opened. */
export interface DetailLinkKey {
  readonly mch_id: string;
  readonly service_id: string;
  readonly out_order_no: string;
}

/** With what a front end opens it, for each place that a user may come from (guide 3.2.15); it is passed on as it is. */
export type DetailLink = Readonly<Record<'mini_program' | 'h5' | 'app', object>>;

export interface ToldCertificate {
  readonly pem: string;
  /** RFC 3339. */
  readonly expires?: string;
}

export interface SweepResult {
  /** Orders that were told to ask WeChat. */
  readonly asked: number;
}
