/** What the merchant's side of the page is given; without it, the page shows WeChat's side only. */

export interface MerchantSetting {
  /** Our API, without a slash at the end. */
  readonly api: string;
  /** The API key, where the API asks for one. */
  readonly key?: string | undefined;
  /** With which events are signed (`whsec_…`); without it none are taken. */
  readonly eventsSecret?: string | undefined;
  /** The namespace in Temporal's web UI, such as `http://127.0.0.1:8233/namespaces/default`. */
  readonly temporalUi?: string | undefined;
}
