/** Until when WeChat Pay's own keys are valid, as far as they are known here. */
import { X509Certificate } from 'node:crypto';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { ok, UnansweredError, type Found } from '../finding.ts';
import type { PlatformCertificate } from '../../wechatpay/keys.ts';
import type { Calls } from './calls.ts';

export function wechatpayKeysCheck({ config, words, now }: Examination, calls: Calls): Check {
  const { wechatpay: told } = words.keys;
  return {
    id: 'wechatpay-keys',
    async look() {
      const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_CERTIFICATE_FILES: files = [] } =
        config.values;
      const isDownloaded = config.values.WECHATPAY_CERTIFICATES === 'download';
      if (isDownloaded) {
        const current = (await calls.keys()).certificates(now());
        const [newest] = current;
        if (newest) return okHolding(id, told.downloaded(current.length, dayOf(newest)), words);
      }
      const given = files.map((pem) => ({ pem, validTo: endOf(pem) }));
      const last = given.toSorted((a, b) => Number(b.validTo) - Number(a.validTo))[0];
      if (last && !isDownloaded) return ofFile(last.pem, words, now());
      if (id !== undefined) return okHolding(id, told.endless, words);
      throw new UnansweredError(told.none);
    },
  };
}

/** Nobody fetches its successor. */
function ofFile(pem: string, words: DoctorWords, now: Date): Found {
  const { validFrom, validTo } = new X509Certificate(pem);
  const { lastOfFiles: what, renewal } = words.keys.wechatpay;
  return foundByEnd(
    { what, validFrom: new Date(validFrom), validTo: new Date(validTo), now, renewal },
    words,
  );
}

/** @param id of the public key, where there is one */
function okHolding(id: string | undefined, sentence: string, { keys, report }: DoctorWords): Found {
  const held = id === undefined ? [] : [keys.wechatpay.held(id)];
  return ok([...held, sentence].join(report.space));
}

function dayOf({ pem, expires }: PlatformCertificate): string {
  return (expires ?? endOf(pem)).toISOString().slice(0, 10);
}

function endOf(pem: string): Date {
  return new Date(new X509Certificate(pem).validTo);
}
