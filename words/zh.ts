/** The catalogue in Chinese: every sentence of the English one, or the check fails. */
import type { Words } from './en.ts';
import { advice } from './zh/advice.ts';
import { answers } from './zh/answers.ts';
import { buttons } from './zh/buttons.ts';
import { doctor } from './zh/doctor.ts';
import { events } from './zh/events.ts';
import { fact } from './zh/fact.ts';
import { login } from './zh/login.ts';
import { messages } from './zh/messages.ts';
import { yuan } from './zh/money.ts';
import { order } from './zh/order.ts';
import { phases } from './zh/phases.ts';
import { problems } from './zh/problems.ts';
import { reconciliation } from './zh/reconciliation.ts';
import { refunds } from './zh/refunds.ts';
import { rule } from './zh/rules.ts';
import { summaries } from './zh/summaries.ts';
import { happening } from './zh/timeline.ts';
import { troubles } from './zh/troubles.ts';
import { updates } from './zh/updates.ts';
import { waits } from './zh/waits.ts';

export const ZH: Words = {
  language: 'zh',
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
