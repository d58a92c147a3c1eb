/**
 * What is said outside the programs of production: by alerts, by the dashboard, and by `npm start`. Held by its types as the
 * catalogue is; apart from it, because every workflow carries that one.
 */
import { alerts as enAlerts } from './en/alerts.ts';
import { dashboard as enDashboard, type DashboardWords } from './en/dashboard.ts';
import { story as enStory, type Story } from './en/story.ts';
import type { Language } from './language.ts';
import { alerts as zhAlerts } from './zh/alerts.ts';
import { dashboard as zhDashboard } from './zh/dashboard.ts';
import { story as zhStory } from './zh/story.ts';

export interface OutsideWords {
  readonly alerts: typeof enAlerts;
  readonly dashboard: DashboardWords;
  readonly story: Story;
}

const OUTSIDE: Readonly<Record<Language, OutsideWords>> = {
  en: { alerts: enAlerts, dashboard: enDashboard, story: enStory },
  zh: { alerts: zhAlerts, dashboard: zhDashboard, story: zhStory },
};

export function wordsOutside(language: Language): OutsideWords {
  return OUTSIDE[language];
}
