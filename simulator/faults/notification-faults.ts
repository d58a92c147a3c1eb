/** Every fault of a notification: what becomes of its sending, or of what is sent. */
import * as z from 'zod';
import {
  associateNothing,
  associateNothingSilently,
  encryptOtherwise,
  leaveOut,
  lengthenNonce,
  nameUnknownEvent,
  renameMessage,
  signBy,
  signByOtherKind,
  spoilSignature,
  writeTotalAsText,
  type ChangeMessage,
} from './message-faults.ts';

/** lost: not sent, though WeChat Pay believes so; doubled: sent twice at once; the others: sent later. */
export type Dispatch = 'lost' | 'doubled' | 'late' | 'reordered';

export interface NotificationFaultRow {
  readonly dispatch?: Dispatch;
  readonly change?: ChangeMessage;
  /** Whether chance may choose it: always, when it is named, or never. Default: always. */
  readonly atRandom?: 'when-named' | 'never';
}

export const NOTIFICATION_FAULTS = {
  lost: { dispatch: 'lost' },
  doubled: { dispatch: 'doubled' },
  late: { dispatch: 'late' },
  reordered: { dispatch: 'reordered' },

  'bad-signature': { change: spoilSignature('bad-signature') },
  signtest: { change: spoilSignature('signtest') },
  'stale-signature': { change: spoilSignature('stale-signature') },
  'foreign-signature': { change: spoilSignature('foreign-signature') },
  'unknown-serial': { change: spoilSignature('unknown-serial') },
  'signed-by': { change: signBy, atRandom: 'never' },
  'signed-by-other-kind': { change: signByOtherKind },

  'other-apiv3-key': { change: encryptOtherwise },
  'associated-data-empty': { change: associateNothing },
  'associated-data-absent': { change: associateNothingSilently },
  'nonce-of-16': { change: lengthenNonce },

  'total-as-text': { change: writeTotalAsText },
  'under-new-id': { change: renameMessage },
  'fields-missing': { change: leaveOut, atRandom: 'never' },
  'unknown-event-type': { change: nameUnknownEvent, atRandom: 'when-named' },
} satisfies Record<string, NotificationFaultRow>;

export const NotificationFault = z.enum(
  Object.keys(NOTIFICATION_FAULTS) as (keyof typeof NOTIFICATION_FAULTS)[],
);
export type NotificationFault = z.infer<typeof NotificationFault>;

export const NOTIFICATION_FAULTS_BY_DEFAULT = NotificationFault.options.filter(
  (fault) => rowOf(fault).atRandom === undefined,
);

export const RandomNotificationFault = NotificationFault.refine(
  (fault) => rowOf(fault).atRandom !== 'never',
  'not at random',
);

export function rowOf(fault: NotificationFault): NotificationFaultRow {
  return NOTIFICATION_FAULTS[fault];
}
