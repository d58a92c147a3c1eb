/** Whether a user has authorised a service, and under which of the merchant's authorization codes. */

export interface UserOfService {
  readonly openid: string;
  readonly service_id: string;
}

/** What a user has decided about a service. */
export interface Permission extends UserOfService {
  /** Of the application in which the user authorised last. */
  readonly appid: string;
  readonly mchid: string;
  readonly authorization_state: 'AVAILABLE' | 'UNAVAILABLE';
  /** Of the latest authorisation; absent where that did without a pre-permission. */
  readonly authorization_code?: string;
  readonly authorization_success_time?: string;
  readonly cancel_authorization_time?: string;
}

/** What has become of an authorization code: prepared, then bound to one user for ever. */
export interface Agreement extends Omit<Permission, 'openid' | 'authorization_state'> {
  readonly authorization_code: string;
  readonly authorization_state: 'UNBINDUSER' | 'AVAILABLE' | 'UNAVAILABLE';
  readonly openid?: string;
  /** Given at the pre-permission. */
  readonly notify_url?: string;
}

/** A token of the authorisation page, as the merchant got it. */
export interface Preparation {
  readonly authorization_code: string;
  /** Business time. */
  readonly expires_ms: number;
}
