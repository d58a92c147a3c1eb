/** Who the merchant is, and which keys it and WeChat Pay hold. */

/** All that the merchant's side knows: what a console shows and lets one download. */
export interface Merchant {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  /** Serial of the merchant's API certificate. */
  readonly serial_no: string;
  readonly private_key: string;
  readonly certificate: string;
  readonly api_v3_key: string;
  readonly api_v2_key: string;
  readonly platform_serial_no: string;
  readonly platform_certificate: string;
  readonly public_key_id: string;
  readonly public_key: string;
  /** Where this WeChat Pay answers, in place of https://api.mch.weixin.qq.com. */
  readonly base_url: string;
}

/** What outlives a restart: everything but the address, and WeChat Pay's own private keys (PEM). */
export interface Credentials {
  readonly merchant: Omit<Merchant, 'base_url'>;
  readonly wechat: {
    /** Belongs to the platform certificate. */
    readonly platform_key: string;
    /** Belongs to the WeChat Pay public key. */
    readonly public_key_key: string;
  };
}
