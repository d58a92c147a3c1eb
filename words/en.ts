/** The catalogue in English, by which the other languages are held. */
import { advice } from './en/advice.ts';
import { buttons } from './en/buttons.ts';
import { doctor } from './en/doctor.ts';
import { events } from './en/events.ts';
import { fact } from './en/fact.ts';
import { messages } from './en/messages.ts';
import { yuan } from './en/money.ts';
import { order } from './en/order.ts';
import { phases } from './en/phases.ts';
import { reconciliation } from './en/reconciliation.ts';
import { refunds } from './en/refunds.ts';
import { summaries } from './en/summaries.ts';
import { happening } from './en/timeline.ts';
import { troubles } from './en/troubles.ts';
import { updates } from './en/updates.ts';
import { waits } from './en/waits.ts';

export const EN = {
  advice,
  buttons,
  doctor,
  events,
  fact,
  happening,
  messages,
  order,
  phases,
  reconciliation,
  refunds,
  summaries,
  troubles,
  updates,
  waits,
  yuan,
};
export type Words = typeof EN;
