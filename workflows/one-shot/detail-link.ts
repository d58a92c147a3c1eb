/** The link to WeChat's page of an order, signed by the worker, which alone has the key for it. */
import { signDetailLink } from '../activities.ts';
import type { OneShots } from '../contract.ts';

export const detailLink: OneShots['detailLink'] = async (order) => await signDetailLink(order);
