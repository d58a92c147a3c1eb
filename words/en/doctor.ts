/** What the doctor says of an installation: each finding in a sentence, and what is to be done about it. */
import { callback } from './doctor/callback.ts';
import { clocks } from './doctor/clocks.ts';
import { codecKeys } from './doctor/codec-keys.ts';
import { configuration } from './doctor/configuration.ts';
import { ends } from './doctor/ends.ts';
import { events } from './doctor/events.ts';
import { files } from './doctor/files.ts';
import { keys } from './doctor/keys.ts';
import { report } from './doctor/report.ts';
import { schedule } from './doctor/schedule.ts';
import { signatures } from './doctor/signatures.ts';
import { signingMode } from './doctor/signing-mode.ts';
import { temporal } from './doctor/temporal.ts';
import { unanswered } from './doctor/unanswered.ts';
import { wechatpay } from './doctor/wechatpay.ts';
import { unreachable } from './unreachable.ts';

export const doctor = {
  callback,
  clocks,
  codecKeys,
  configuration,
  ends,
  events,
  files,
  keys,
  report,
  schedule,
  signatures,
  signingMode,
  temporal,
  unanswered,
  unreachable,
  wechatpay,
};
