/** The link to WeChat's page of an order, signed by the worker, which alone has the key for it. */
import { signDetailLink } from './activities.ts';
import type { Questions } from './contract.ts';

export const detailLink: Questions['detailLink'] = async (order) => await signDetailLink(order);
