/** How the page looks, by room. */
import { BASE } from './base.ts';
import { DESK } from './desk.ts';
import { PHONE } from './phone.ts';

export const STYLE = BASE + PHONE + DESK;
