/** What the document says of `/v1/authorizations`. */
import { ASKS_WORKER, WORDED, type Documented } from '../openapi/route.ts';
import {
  PreparedAuthorization,
  PresentedAuthorization,
  TakenTermination,
  TerminatedAuthorization,
} from '../../answers/authorization.ts';
import {
  PrepareAuthorization,
  QueryAuthorization,
  TerminateAuthorization,
} from '../../schemas/authorization.ts';

const AUTHORIZATIONS = '/v1/authorizations';
const problems = [...ASKS_WORKER, 'refused-by-wechat-pay'] as const;
const EITHER = 'Exactly one of `openid` and `authorization_code`.';

export const AUTHORIZATION_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'post', path: `${AUTHORIZATIONS}/query`, operationId: 'queryAuthorization' },
    ...{
      tag: 'Authorizations',
      summary: 'Whether a user has authorised the service (查询授权记录).',
    },
    description: `${EITHER} By the code the answer tells the openid.`,
    body: { schema: QueryAuthorization, example: { openid: 'oUser1' } },
    answers: {
      200: {
        ...{ description: 'As WeChat Pay tells it.', schema: PresentedAuthorization },
        example: { authorization_state: 'AVAILABLE', authorization_code: 'A20261128' },
      },
    },
    problems,
  },
  {
    ...{ method: 'post', path: `${AUTHORIZATIONS}/prepare`, operationId: 'prepareAuthorization' },
    ...{
      tag: 'Authorizations',
      summary: 'With what a front end leads a user to WeChat’s authorization page (商户预授权).',
    },
    body: { schema: PrepareAuthorization, example: { authorization_code: 'A20261128' } },
    answers: {
      200: {
        description: 'The token, and with what the page is opened.',
        schema: PreparedAuthorization,
      },
    },
    problems,
  },
  {
    ...{
      method: 'post',
      path: `${AUTHORIZATIONS}/terminate`,
      operationId: 'terminateAuthorization',
    },
    ...{ tag: 'Authorizations', summary: 'Ends an authorization (解除授权).' },
    description: EITHER,
    body: { schema: TerminateAuthorization, example: { openid: 'oUser1', reason: '用户注销' } },
    answers: {
      200: { description: 'Ended, also where it was before.', schema: TerminatedAuthorization },
      202: {
        description: 'Taken, and not known yet: the same again tells.',
        schema: TakenTermination,
        headers: WORDED,
      },
    },
    problems,
  },
];
