/** What WeChat Pay answers: at all, to the self-test, and of each service. */

const OPEN_THE_WAY =
  'Let the worker’s machine out to both hosts of WeChat Pay on port 443, or by WECHATPAY_PROXY_URL.';
const ON_THE_WAY = 'Look what is between here and WeChat Pay.';

interface Pair {
  readonly appid: string;
  readonly service_id: string;
}

interface Refused {
  readonly status: number;
  readonly pair: Pair;
  /** WeChat's code and words; undefined where it says nothing. */
  readonly words: string | undefined;
}

const nameOf = ({ service_id, appid }: Pair) => `the service ${service_id} and ${appid}`;

function refusalIn({ status, pair, words }: Refused): string {
  return `${status} to a query for ${nameOf(pair)}${words === undefined ? '' : `: ${words}`}`;
}

export const wechatpay = {
  answers: (url: string) => `${url} answers.`,
  /** @param why as our client says it, in English */
  silent: (url: string, why: string) => ({ sentence: `${url}: ${why}.`, do: OPEN_THE_WAY }),
  noBackup: 'There is no backup host to be tried.',
  unanswered: { sentence: 'WeChat Pay has not answered.', do: 'See wechatpay-reachable.' },
  refused: { sentence: 'WeChat Pay does not take our calls.', do: 'See our-signature.' },
  unproven: { sentence: 'Who answered is not proven.', do: 'See their-signature.' },
  keysUnusable: {
    sentence: 'The keys of WeChat Pay that are configured cannot be used.',
    do: 'See worker-configuration.',
  },
  echo: {
    noKey: { sentence: 'No key of WeChat Pay’s is at hand.', do: 'See their-signature.' },
    unproven: {
      sentence: 'The answer is not proven to be WeChat Pay’s.',
      do: 'See their-signature.',
    },
    opensNot: (serial: string) => ({
      sentence: `WeChat Pay does not open what is encrypted for its key ${serial}.`,
      do: 'Key and id must be of one pair: fetch both anew, 商户平台 → 账户中心 → API安全.',
    }),
    otherwise: (status: number) => ({
      sentence: `WeChat Pay answers the self-test with ${status}.`,
      do: 'Nothing needs it: the other checks count.',
    }),
    heardElse: {
      sentence: 'WeChat Pay heard something else than was sent.',
      do: ON_THE_WAY,
    },
    returnedElse: {
      sentence: 'What WeChat Pay encrypted for us is not what was sent.',
      do: ON_THE_WAY,
    },
    otherCertificate: {
      sentence: 'WeChat Pay encrypts for another certificate of this merchant than the one in use.',
      do: 'Change to the newest certificate when it is convenient: nothing here is encrypted so.',
    },
    right: 'What is encrypted for WeChat Pay comes back encrypted for us.',
  },
  service: {
    taken: (pairs: readonly Pair[]) =>
      `WeChat Pay takes a query for ${pairs.map(nameOf).join(', for ')}.`,
    refused: (refusals: readonly Refused[]) => ({
      sentence: `WeChat Pay answers ${refusals.map(refusalIn).join('; ')}.`,
      do: 'The service must be this merchant’s, in confirm-free mode, and the appid bound to it (docs/wechatpay.md, before the first order).',
    }),
  },
};
