/** The dashboard in one language: what its panels ask stays, what they say is the catalogue's. */
import type { DashboardWords, PanelWords } from '../../words/en/dashboard.ts';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description?: string;
  readonly targets?: readonly { readonly legendFormat: string }[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
}

/** Series that labels name, and nothing else. */
const LABELS_ALONE = /^(\{\{\w+\}\} ?)+$/;

/** @throws {Error} where a panel has no texts, or texts have no panel */
export function dashboardIn({ panels, ...own }: DashboardWords, dashboard: string): string {
  const texts: Readonly<Record<string, PanelWords>> = panels;
  const before = JSON.parse(dashboard) as Dashboard;
  const ids = before.panels.map(({ id }) => String(id));
  const lost = Object.keys(texts).filter((id) => !ids.includes(id));
  if (lost.length > 0) throw new Error(`there is no panel ${lost.join(', ')}`);
  const said = before.panels.map((panel) => panelIn(texts[panel.id], panel));
  return JSON.stringify({ ...before, ...own, panels: said }, undefined, 2);
}

function panelIn(texts: PanelWords | undefined, panel: Panel): Panel {
  const { id, description, targets = [] } = panel;
  if (texts === undefined) throw new Error(`panel ${id} has no texts`);
  const { series = targets.map(({ legendFormat }) => legendFormat), ...own } = texts;
  const isDescribed = (own.description === undefined) === (description === undefined);
  const isNamed = texts.series !== undefined || series.every((name) => LABELS_ALONE.test(name));
  if (!isDescribed || !isNamed || series.length !== targets.length)
    throw new Error(`panel ${id} has not all of its texts`);
  if (panel.targets === undefined) return { ...panel, ...own };
  const named = targets.map((target, index) => ({ ...target, legendFormat: series[index] ?? '' }));
  return { ...panel, ...own, targets: named };
}
