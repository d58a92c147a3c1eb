/** Business code's questions about a user's authorization, put to WeChat by the worker. */
import { getAuthorization, prepareAuthorizationAsked } from '../activities.ts';
import type { OneShots } from '../contract.ts';

export const authorization: OneShots['authorization'] = async (key) => await getAuthorization(key);

export const authorizationPreparation: OneShots['authorizationPreparation'] = async (preparation) =>
  await prepareAuthorizationAsked(preparation);
