/** A user's authorization of the service as business code gets it. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { inBeijing, time } from './fields.ts';
import { Jump, presentedJump } from './jump.ts';
import type { Agreement, Authorization, Permission } from '../schemas/authorization.ts';
import type { DetailLink, Prepared } from '../schemas/one-shot.ts';
import type { Words } from '../words/en.ts';
import { authorizationJump, type JumpParameters } from '../wechatpay/jump-parameters.ts';

const told = (what: string) => z.string().meta({ description: `As WeChat Pay tells it: ${what}.` });

const authorization_state = told(
  '`AVAILABLE` (authorised), `UNAVAILABLE` (not, or no longer), `UNBINDUSER` (prepared, and not yet bound to a user)',
);

export const PresentedAuthorization = z
  .object({
    authorization_state,
    service_id: told('the service').optional(),
    appid: told('the application of the latest authorization, not of the question').optional(),
    mchid: told('the merchant’s number').optional(),
    authorization_code: told('your code of the authorization').optional(),
    authorization_success_time: told('when it was given, in its own form').optional(),
    cancel_authorization_time: told('when it was ended, in its own form').optional(),
    openid: told('the user, where it was asked by `authorization_code`').optional(),
    notify_url: told('where it sends its callbacks').optional(),
  })
  .meta({ id: 'Authorization', description: 'Whether a user has authorised the service.' });

export const PreparedAuthorization = z
  .object({
    apply_permissions_token: z.string().meta({ description: 'For WeChat’s authorization page.' }),
    expires_at: time('Until when the token is good: an hour.'),
    jump: Jump,
  })
  .meta({
    id: 'PreparedAuthorization',
    description: 'What leads a user to WeChat’s authorization page.',
  });

export const TerminatedAuthorization = z
  .object({ authorization_state })
  .meta({ id: 'TerminatedAuthorization', description: 'It is ended, also where it was before.' });

export const TakenTermination = z
  .object({ detail: z.string().meta({ description: 'In words for people.' }) })
  .meta({ id: 'TakenTermination', description: 'Taken, and not known yet: the same again tells.' });

/** As WeChat Pay tells it. */
export function presentedAuthorization(
  it: Authorization | Agreement,
): Answer<typeof PresentedAuthorization> {
  return exactly<Answer<typeof PresentedAuthorization>>()(it);
}

export function presentedPreparation({
  apply_permissions_token,
  expires_at,
}: Prepared): Answer<typeof PreparedAuthorization> {
  const jump = presentedJump(authorizationJump(apply_permissions_token));
  return { apply_permissions_token, expires_at: inBeijing(expires_at), jump };
}

export function presentedTermination({
  authorization_state: state,
}: Permission): Answer<typeof TerminatedAuthorization> {
  return { authorization_state: state };
}

export function presentedTakenTermination({ answers }: Words): Answer<typeof TakenTermination> {
  return { detail: answers.terminationTaken };
}

/** It is our own worker's. */
export function presentedDetailLink(link: DetailLink): Answer<typeof Jump> {
  return link as JumpParameters;
}
