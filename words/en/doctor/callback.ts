/** The address at which WeChat Pay calls back, and its certificate. */

const LET_IN =
  'Lead that address to the API, with body and headers as they are and no login in front (docs/wechatpay.md). Where this machine does not reach its own public address, ask from outside: curl -X POST.';
const SEE = 'See callback-address.';

export const callback = {
  ours: (url: string) => `Our API answers at ${url}, and takes nothing that is not signed.`,
  somebodyElse: (url: string, status: number) => ({
    sentence: `Somebody else than our API answers at ${url}, HTTP ${status}: WeChat Pay’s callbacks end there.`,
    do: LET_IN,
  }),
  silent: (url: string, why: string) => ({
    sentence: `${url} does not answer: ${why}.`,
    do: LET_IN,
  }),
  /** Why. */
  nothingWithin: (seconds: number) => `nothing within ${seconds} s`,
  plain: 'Callbacks come by plain HTTP: WeChat Pay is the simulator.',
  unanswered: (url: string) => ({ sentence: `${url} does not answer.`, do: SEE }),
  noCertificate: { sentence: 'The server shows no certificate.', do: SEE },
  certificate: (host: string) => `The certificate of ${host}`,
  renewal: 'See why it is not renewed: WeChat Pay calls nobody whose certificate has ended.',
};
