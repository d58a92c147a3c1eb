/** Both signatures, by one call: WeChat Pay takes ours, and we take its answer's. */
import type { Check } from '../check.ts';
import type { DoctorWords, Examination } from '../examination.ts';
import { fault, ok, UnansweredError, unknown, type Found } from '../finding.ts';
import type { VerificationError } from '../../wechatpay/errors.ts';
import type { Calls, Heard } from './calls.ts';
import { demandClock } from './clock.ts';
import { serialOf } from './serial.ts';

export function signatureChecks(examination: Examination, calls: Calls): Check[] {
  const { words } = examination;
  const { ours, theirs } = words.signatures;
  return [
    {
      id: 'our-signature',
      async look() {
        const heard = await calls.answered(calls.query);
        if (heard.status === 401) return refused(heard, words);
        if (heard.unverified) throw new UnansweredError(words.wechatpay.unproven);
        return heard.status >= 500 || heard.status === 429
          ? unknown(ours.unsure(heard.status))
          : ok(ours.taken);
      },
    },
    {
      id: 'their-signature',
      async look() {
        const heard = await calls.answered(calls.query);
        if (!heard.unverified) return ok(theirs.proven(serialOf(heard)));
        demandClock(heard, words);
        return await unproven(heard, heard.unverified, examination, calls);
      },
    },
  ];
}

function refused(heard: Heard, words: DoctorWords): Found {
  demandClock(heard, words);
  const code = /^[A-Z_]{1,40}$/.test(heard.code) ? heard.code : '401';
  return fault(words.signatures.ours.refused(code));
}

async function unproven(
  heard: Heard,
  { reason, message }: VerificationError,
  { config, words }: Examination,
  calls: Calls,
): Promise<Found> {
  const { theirs } = words.signatures;
  const serial = serialOf(heard);
  if (reason === 'header') return fault(theirs.unsigned(heard.status, message));
  if (reason === 'timestamp') return fault(theirs.ofAnotherTime(message));
  if (reason !== 'serial') return fault(theirs.wrong(serial));
  if (config.values.WECHATPAY_CERTIFICATES === 'download') throw await whyNoneTaken(calls, theirs);
  return fault(theirs.unknownKey(serial));
}

/** With `download` the certificates come from WeChat Pay: the cause is what stood in the way of that. */
async function whyNoneTaken(
  calls: Calls,
  words: DoctorWords['signatures']['theirs'],
): Promise<UnansweredError> {
  const { status } = await calls.certificates();
  const isHeld = (await calls.keys()).expectedSerial(new Date()) !== undefined;
  if (status !== 200) return new UnansweredError(words.noneDownloaded);
  return new UnansweredError(isHeld ? words.byCertificate : words.unopened);
}
