/** Keys: the merchant's own, WeChat Pay's, and the APIv3 key. */

const BELONG =
  'Take certificate, key and serial of one application: 商户平台 → 账户中心 → API安全 → 商户API证书.';

export const keys = {
  merchant: {
    otherKey: {
      sentence: 'The private key is not the one of the merchant’s certificate.',
      do: BELONG,
    },
    otherSerial: (own: string, serial: string) => ({
      sentence: `The certificate’s serial is ${own}, and WECHATPAY_SERIAL_NO is ${serial}.`,
      do: BELONG,
    }),
    belong: (serial: string) => `Private key, certificate and serial ${serial} belong together.`,
    noCertificate: {
      sentence:
        'The merchant’s certificate is not here: whether it belongs to the key, and when it ends, is not known.',
      do: 'Put apiclient_cert.pem beside the private key, or name it in WECHATPAY_MERCHANT_CERTIFICATE_FILE.',
    },
    certificate: 'The merchant’s certificate',
    renewal:
      'Apply for the next one; then change WECHATPAY_SERIAL_NO and the private key together.',
  },
  wechatpay: {
    held: (id: string) => `The public key ${id} is held.`,
    endless: 'It does not end.',
    downloaded: (count: number, day: string) =>
      `${count} certificate(s) downloaded; the newest ends on ${day}.`,
    lastOfFiles: 'The last of WECHATPAY_CERTIFICATE_FILES',
    renewal: 'Set WECHATPAY_CERTIFICATES=download, or fetch the next certificate.',
    none: {
      sentence: 'No key of WeChat Pay’s is at hand.',
      do: 'See apiv3-key and signing-mode.',
    },
  },
  apiV3: {
    opens: (count: number) =>
      `The APIv3 key opens what WeChat Pay encrypts: ${count} certificate(s).`,
    opensNot: {
      sentence: 'The APIv3 key does not open what WeChat Pay encrypts: no callback can be read.',
      do: 'WECHATPAY_APIV3_KEY_FILE must hold what was set under API安全 → APIv3密钥, which is another than the APIv2 key.',
    },
    nothingToOpen: {
      sentence:
        'WeChat Pay has no certificates for this merchant, and encrypts nothing else that can be asked for.',
      do: 'Compare it with what was set under API安全 → APIv3密钥. The first callback tells: the API’s wechatpay_undecryptable_total must stay 0.',
    },
    unproven: {
      sentence: 'What was answered is not proven to be WeChat Pay’s.',
      do: 'See their-signature.',
    },
    noFormer: 'There is no former APIv3 key.',
    formerUntil: (day: string) => `The former APIv3 key is tried until ${day}.`,
    formerEnded: (day: string) => ({
      sentence: `The former APIv3 key is not tried any more, since ${day}.`,
      do: 'Take WECHATPAY_APIV3_PREVIOUS_KEY_FILE and …_UNTIL out, and delete the file.',
    }),
  },
};
