/** The catalogue in English, by which the other languages are held. */
import { advice } from './en/advice.ts';
import { answers } from './en/answers.ts';
import { buttons } from './en/buttons.ts';
import { doctor } from './en/doctor.ts';
import { events } from './en/events.ts';
import { fact } from './en/fact.ts';
import { login } from './en/login.ts';
import { messages } from './en/messages.ts';
import { yuan } from './en/money.ts';
import { order } from './en/order.ts';
import { phases } from './en/phases.ts';
import { problems } from './en/problems.ts';
import { reconciliation } from './en/reconciliation.ts';
import { refunds } from './en/refunds.ts';
import { rule } from './en/rules.ts';
import { summaries } from './en/summaries.ts';
import { happening } from './en/timeline.ts';
import { troubles } from './en/troubles.ts';
import { updates } from './en/updates.ts';
import { waits } from './en/waits.ts';
import type { Language } from './language.ts';

const SENTENCES = {
  advice,
  answers,
  buttons,
  doctor,
  events,
  fact,
  happening,
  login,
  messages,
  order,
  phases,
  problems,
  reconciliation,
  refunds,
  rule,
  summaries,
  troubles,
  updates,
  waits,
  yuan,
};
/** All of it, and in which language it is. */
export type Words = typeof SENTENCES & { readonly language: Language };
export const EN: Words = { ...SENTENCES, language: 'en' };
