/** Business code's questions about a user's authorization, put to WeChat by the worker. */
import { getAuthorization, prepareAuthorizationAsked } from './activities.ts';
import type { Questions } from './contract.ts';

export const authorization: Questions['authorization'] = async (key) => await getAuthorization(key);

export const authorizationPreparation: Questions['authorizationPreparation'] = async (
  preparation,
) => await prepareAuthorizationAsked(preparation);
