/** What WeChat Pay does where its documents are silent or contradict each other: one switch for each question. */
import * as z from 'zod';

/** `same`: an identical body is answered again; `any`: every body is; `never`: none is. */
const Repeat = z.enum(['same', 'any', 'never']);
const Sent = z.enum(['none', 'sent']);
const Allowed = z.enum(['allowed', 'refused']);
const Heeded = z.enum(['ignored', 'refused']);

/**
 * Sources: D:<id> is pay.weixin.qq.com/doc/v3/merchant/<id>, W:<n> the older wiki's apis/chapter6_1_<n>.shtml,
 * skills the official repository wechatpay-skills. Where none is named, every page is silent.
 */
export const Policies = z.strictObject({
  /** What a creation that passes comes to; a 200 with CREATED is one that failed (W:14). Default DOING. */
  create_state: z.enum(['DOING', 'CREATED']),
  /** Whether its answer holds a `package`, as in the mode with confirmation (D:4012587900). Default absent. */
  create_package: z.enum(['absent', 'present']),
  /** Whether a repeated creation is refused for times that have passed since. Default after_repeat. */
  create_time_check: z.enum(['after_repeat', 'before_repeat']),
  /** The same parameters succeed again (D:4012587900); other ways are for trying. Default same. */
  create_repeat: Repeat,
  /** skills says that it can be repeated, the questions and answers (D:4012587200) that it cannot. Default same. */
  complete_repeat: Repeat,
  /** `same` compares the reason too (W:16). Default same. */
  cancel_repeat: Repeat,
  /** `never` takes a repetition for another modification. Default same. */
  modify_repeat: z.enum(['same', 'never']),
  /** Default same. */
  sync_repeat: Repeat,
  /**
   * Where a PARAM_ERROR names field and rule: in `detail` (D:4012081717); as merchants see it, in the message as
   * “/body/service_introduction”, with a `detail` that does not name it; or in both. Default both.
   */
  parameter_error: z.enum(['both', 'message', 'detail']),
  /** Whether a 500 has `Wechatpay-*` headers: a genuine one was seen without any. Default unsigned. */
  system_error: z.enum(['unsigned', 'signed']),
  /** Fields of a body, at any depth, that its page does not list: harmless to some merchants. Default ignored. */
  unknown_fields: Heeded,
  /** A body that repeats what its path says, as those of some SDKs do with out_order_no. Default ignored. */
  path_in_body: Heeded,
  /** A completion whose end_time is the present second: "strictly earlier than now" by D:4012587955. Default allowed. */
  end_time_now: Allowed,
  /** After the completion: allowed by D:4012587905, refused by skills and to some merchants. Default allowed. */
  cancel_while_paying: Allowed,
  /** Optional in D:4012587905, required in W:16. Default required. */
  cancel_service_id: z.enum(['required', 'optional']),
  /** Characters: 50 in D:4012587905, 30 in W:16. Default 50. */
  cancel_reason_length: z.literal([50, 30]),
  /** Characters: 50 by the page, 80 by the comment of an SDK. Default 50. */
  terminate_reason_length: z.literal([50, 80]),
  /** How often a total may be modified: once in 2020, today's pages are silent. Default none. */
  modify_limit: z.enum(['none', 'once']),
  /** A modification to the total that the order has already. Default allowed. */
  modify_equal: Allowed,
  /** `done` as after a completion with nothing to pay; `stays` leaves 0 to be charged; `paid_zero`: 0 was. Default done. */
  modify_to_zero: z.enum(['done', 'stays', 'paid_zero', 'refused']),
  /** USER_PAID where there was nothing to pay; D:4012587960 only hints at it. Default none. */
  zero_total_notification: Sent,
  /** USER_PAID after a synchronisation; D:4012587960 only hints at it. Default none. */
  sync_notification: Sent,
  /** How far after the call a payment told by sync may lie: 60 s today, not at all in older pages. Default 60. */
  sync_tolerance_seconds: z.literal([60, 0]),
  /** What a `paid_time` of eight digits is: 00:00:00 (W:20), or 23:59:59 in an older text. Default begins. */
  sync_day: z.enum(['begins', 'ends']),
  /**
   * The code of a call in the wrong state: as merchants have seen it for that call, one of the two for all,
   * or as every page's error table prints it, with ORDER_CANCELED and ORDER_DONE. Default as_seen.
   */
  wrong_state_code: z.enum(['as_seen', 'INVALID_REQUEST', 'PARAM_ERROR', 'INVALID_ORDER_STATE']),
  /**
   * The permission, by openid, of a user who never authorised: 404 in the questions and answers of the confirm-free mode
   * (D:4012646782, 2025), 200 UNAVAILABLE in the guide, as after a revocation. Default ORDER_NOT_EXIST.
   */
  never_authorised: z.enum(['ORDER_NOT_EXIST', 'UNAVAILABLE']),
  /** A number under which another service, application or merchant has an order: as if nobody had, or 400, or 403. Default ORDER_NOT_EXIST. */
  order_of_others: z.enum(['ORDER_NOT_EXIST', 'INVALID_REQUEST', 'NO_AUTH']),
  /** Whether a known authorization_code gets a fresh token: while nobody holds it, always, never. Default until_bound. */
  second_preparation: z.enum(['until_bound', 'always', 'never']),
  /** When a user who is authorised already opens the page of another code: bound to that one, or left alone. Default binds. */
  authorised_page: z.enum(['binds', 'stays']),
  /** Whether answers about permissions hold `authorization_success_time`, which is optional. Default told. */
  authorization_times: z.enum(['told', 'absent']),
  /** Terminating what has been revoked already. Default refused. */
  repeated_termination: z.enum(['refused', 'accepted']),
  /** out_order_no with `|` and `*`, which not all pages list (D:4012587900). Default wide. */
  order_number_alphabet: z.enum(['wide', 'narrow']),
  /** Of a creation and a pre-permission: D:4012075420 says both in one page. Default http_or_https. */
  notify_url_scheme: z.enum(['http_or_https', 'https']),
  /** Characters: 256 at a creation, 200 in the notification of the same value (D:4012587960). Default 256. */
  attach_length: z.literal([256, 200]),
  /** What of it is counted: characters, as everywhere else, or bytes in UTF-8, as messages of other products have it. Default characters. */
  attach_unit: z.enum(['characters', 'bytes']),
  /** The texts that users read, in answers and notifications: as sent, or without superfluous white space. Default verbatim. */
  echo_text: z.enum(['verbatim', 'tidied']),
  /** For USER_PAID and USER_CONFIRM: D:4012587960 today, another list in 2020. Default current. */
  order_schedule: z.enum(['current', '2020']),
  /** For USER_OPEN_SERVICE and USER_CLOSE_SERVICE: three days in W:10 alone. Default three_days. */
  permission_schedule: z.enum(['three_days', 'current', '2020']),
  /**
   * What a repeated out_refund_no must say again: the same parameters (D:4012587971), or only transaction and amounts, as
   * the words of the refusal have it. Default same.
   */
  refund_repeat: z.enum(['same', 'amounts']),
  /** What applying answers where nothing else was said of the refund: accepted, or done, as in the page's sample. Default PROCESSING. */
  refund_answer: z.enum(['PROCESSING', 'SUCCESS']),
  /** The code of another refund of a transaction within a minute (D:4012587971 asks to wait and names none); none: accepted. Default FREQUENCY_LIMITED. */
  refund_interval: z.enum(['FREQUENCY_LIMITED', 'INVALID_REQUEST', 'none']),
  /** out_refund_no with `*`, which D:4012587971 does not list and pages of other products do. Default wide. */
  refund_number_alphabet: z.enum(['wide', 'narrow']),
  /** For REFUND.*: 15 repetitions (D:4012587976), or 15 sends with the first; or the list of today's orders. Default 2020. */
  refund_schedule: z.enum(['2020', 'fifteen_sends', 'current']),
  /** Whether a refund that a person makes in the console is told to the address set there. Default none. */
  console_refund_notification: Sent,
  /** Refunds with funds_account AVAILABLE (充值退款) in the trade bill: older bills had a type of their own for them. Default absent. */
  available_refunds_in_bill: z.enum(['absent', 'present']),
});
export type Policies = z.infer<typeof Policies>;

export const PolicyChange = Policies.partial();
export type PolicyChange = z.infer<typeof PolicyChange>;

export const DEFAULTS: Policies = {
  create_state: 'DOING',
  create_package: 'absent',
  create_time_check: 'after_repeat',
  create_repeat: 'same',
  complete_repeat: 'same',
  cancel_repeat: 'same',
  modify_repeat: 'same',
  sync_repeat: 'same',
  parameter_error: 'both',
  system_error: 'unsigned',
  unknown_fields: 'ignored',
  path_in_body: 'ignored',
  end_time_now: 'allowed',
  cancel_while_paying: 'allowed',
  cancel_service_id: 'required',
  cancel_reason_length: 50,
  terminate_reason_length: 50,
  modify_limit: 'none',
  modify_equal: 'allowed',
  modify_to_zero: 'done',
  zero_total_notification: 'none',
  sync_notification: 'none',
  sync_tolerance_seconds: 60,
  sync_day: 'begins',
  wrong_state_code: 'as_seen',
  never_authorised: 'ORDER_NOT_EXIST',
  order_of_others: 'ORDER_NOT_EXIST',
  second_preparation: 'until_bound',
  authorised_page: 'binds',
  authorization_times: 'told',
  repeated_termination: 'refused',
  order_number_alphabet: 'wide',
  notify_url_scheme: 'http_or_https',
  attach_length: 256,
  attach_unit: 'characters',
  echo_text: 'verbatim',
  order_schedule: 'current',
  permission_schedule: 'three_days',
  refund_repeat: 'same',
  refund_answer: 'PROCESSING',
  refund_interval: 'FREQUENCY_LIMITED',
  refund_number_alphabet: 'wide',
  refund_schedule: '2020',
  console_refund_notification: 'none',
  available_refunds_in_bill: 'absent',
};
