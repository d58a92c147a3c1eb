/** Both signatures: ours as WeChat Pay takes it, and its own. */

const WHO_ANSWERS = 'See who answers at WECHATPAY_BASE_URL';
/** Undefined where the answer names none, or nothing that looks like one. */
type Serial = string | undefined;

export const signatures = {
  ours: {
    taken: 'WeChat Pay takes what is signed with this private key and serial.',
    refused: (code: string) => ({
      sentence: `WeChat Pay does not take our signature: it answers ${code}.`,
      do: 'WECHATPAY_MCHID, WECHATPAY_SERIAL_NO and the private key must be of one certificate that is in force: 商户平台 → 账户中心 → API安全.',
    }),
    unsure: (status: number) => ({
      sentence: `WeChat Pay answers ${status}.`,
      do: 'Run this again in a while.',
    }),
  },
  theirs: {
    proven: (serial: Serial) => `The answer is proven to be WeChat Pay’s, by its key ${serial}.`,
    /** @param why as our client says it, in English */
    unsigned: (status: number, why: string) => ({
      sentence: `The answer is not signed (HTTP ${status}; ${why}).`,
      do: `${WHO_ANSWERS}: a proxy on the way must pass all Wechatpay-… headers on.`,
    }),
    /** @param why as our client says it, in English */
    ofAnotherTime: (why: string) => ({
      sentence: `The answer is signed for another time: ${why}.`,
      do: `${WHO_ANSWERS}.`,
    }),
    wrong: (serial: Serial) => ({
      sentence: `The answer is signed under ${serial}, and the key that we hold for it does not verify it.`,
      do: 'Fetch pub_key.pem, or the certificate, anew: 商户平台 → 账户中心 → API安全.',
    }),
    unknownKey: (serial: Serial) => ({
      sentence: `The answer is signed under ${serial}, of which no key is configured.`,
      do: 'See signing-mode.',
    }),
    noneDownloaded: {
      sentence: 'No certificate could be downloaded.',
      do: 'See signing-mode and our-signature.',
    },
    byCertificate: {
      sentence:
        'The answer is signed by a certificate, and who holds a public key believes new certificates by that alone.',
      do: 'See signing-mode.',
    },
    unopened: {
      sentence: 'The certificates that WeChat Pay lists cannot be opened.',
      do: 'See apiv3-key.',
    },
  },
};
