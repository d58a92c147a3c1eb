/** Until when WeChat Pay's own keys are valid, as far as they are known here. */
import { X509Certificate } from 'node:crypto';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import { ok, UnansweredError, type Found } from '../finding.ts';
import type { PlatformCertificate } from '../../wechatpay/keys.ts';
import type { Calls } from './calls.ts';

export function wechatpayKeysCheck(config: DoctorConfig, calls: Calls, now: () => Date): Check {
  return {
    id: 'wechatpay-keys',
    async look() {
      const { WECHATPAY_PUBLIC_KEY_ID: id, WECHATPAY_CERTIFICATE_FILES: files = [] } =
        config.values;
      const isDownloaded = config.values.WECHATPAY_CERTIFICATES === 'download';
      if (isDownloaded) {
        const current = (await calls.keys()).certificates(now());
        const [newest] = current;
        if (newest)
          return ok(
            `${told(id)}${current.length} certificate(s) downloaded; the newest ends on ${dayOf(newest)}.`,
          );
      }
      const given = files.map((pem) => ({ pem, validTo: endOf(pem) }));
      const last = given.toSorted((a, b) => Number(b.validTo) - Number(a.validTo))[0];
      if (last && !isDownloaded) return ofFile(last.pem, now());
      if (id !== undefined) return ok(`${told(id)}It does not end.`);
      throw new UnansweredError(
        'No key of WeChat Pay’s is at hand.',
        'See apiv3-key and signing-mode.',
      );
    },
  };
}

/** Nobody fetches its successor. */
function ofFile(pem: string, now: Date): Found {
  const { validFrom, validTo } = new X509Certificate(pem);
  return foundByEnd({
    what: 'The last of WECHATPAY_CERTIFICATE_FILES',
    ...{ validFrom: new Date(validFrom), validTo: new Date(validTo), now },
    renewal: 'Set WECHATPAY_CERTIFICATES=download, or fetch the next certificate.',
  });
}

function told(id: string | undefined): string {
  return id === undefined ? '' : `The public key ${id} is held. `;
}

function dayOf({ pem, expires }: PlatformCertificate): string {
  return (expires ?? endOf(pem)).toISOString().slice(0, 10);
}

function endOf(pem: string): Date {
  return new Date(new X509Certificate(pem).validTo);
}
