/** What watches knows the product: each figure that a rule or a panel names is among those that the programs serve. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../local/stack/settings.ts';
import { anchorsIn } from '../../tools/documents/anchors.ts';
import { namesIn } from '../support/figures.ts';
import { paying, shown } from '../support/play.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, type Program } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';
import { LANGUAGES, type Language } from '../../words/language.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity?: string };
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** A sentence that says what is the matter. */
const SHORTEST = { en: 20, zh: 8 };

const read = (path: string) => readFile(join(ROOT, path), 'utf8');

/** The names of figures in an expression: ours, and Temporal's. */
function figuresNamedIn(expr: string): string[] {
  const names = expr.match(/\b(payscore|wechatpay|temporal)_\w+(?=[{[)\s]|$)/g) ?? [];
  return names.map((name) => name.replace(/_(bucket|count|sum)$/, ''));
}

async function rulesIn(language: Language): Promise<readonly Rule[]> {
  const { groups } = parse(await read(`ops/prometheus/rules.${language}.yml`)) as {
    groups: readonly { readonly rules: readonly Rule[] }[];
  };
  return groups.flatMap((group) => group.rules);
}

describe('what watches', () => {
  let rules: readonly Rule[];
  let panels: readonly Panel[];
  let dashboard: { readonly schemaVersion: number; readonly panels: readonly Panel[] };
  before(async () => {
    rules = await rulesIn('en');
    dashboard = JSON.parse(await read('ops/grafana/dashboard.en.json')) as typeof dashboard;
    panels = dashboard.panels.filter(({ type }) => type !== 'row');
  });

  for (const language of LANGUAGES) {
    it(`has alerts that say how grave they are, what is the matter, what to do, and where more is written: ${language}`, async () => {
      const said = await rulesIn(language);
      assert.ok(said.length > 20);
      for (const { alert, labels, annotations } of said) {
        assert.ok(['page', 'ticket'].includes(labels.severity ?? ''), alert);
        assert.ok((annotations['summary'] ?? '').length > SHORTEST[language], alert);
        assert.ok((annotations['do'] ?? '').length > 10, alert);
        const [page = '', anchor] = (annotations['runbook_url'] ?? '').split('#');
        assert.equal(page.startsWith('docs/zh/'), language === 'zh', alert);
        const anchors = anchorsIn(await read(page));
        if (anchor !== undefined) assert.ok(anchors.has(anchor), `${alert}: ${page}#${anchor}`);
      }
    });
  }

  it('has a test for each alert, and each in the table of operations', async () => {
    const tests = await read('ops/prometheus/rules.test.yml');
    const operations = [await read('docs/operations.md'), await read('docs/zh/operations.md')];
    for (const { alert } of rules) {
      assert.match(tests, new RegExp(`ALERTS\\{alertname="${alert}"`), alert);
      for (const page of operations) assert.ok(page.includes(`\`${alert}\``), alert);
    }
  });

  it('has panels that say in words what they mean, with a unit', () => {
    assert.ok(dashboard.schemaVersion >= 39);
    assert.ok(panels.length > 15);
    for (const { title, description, fieldConfig, targets = [] } of panels) {
      assert.ok((description ?? '').length > 10, title);
      assert.ok(fieldConfig?.defaults.unit, title);
      assert.ok(targets.length > 0 && targets.every((target) => target.legendFormat !== ''), title);
    }
  });

  describe('beside the programs', () => {
    let stage: ProgramStage;
    const programs: Program[] = [];
    let served: Set<string>;
    before(async () => {
      stage = await openProgramStage();
      const ports = [String(await steadyPort()), String(await steadyPort())] as const;
      const [WORKER_PORT, API_METRICS_PORT] = ports;
      const variables = { ...stage.variables, WORKER_PORT, API_METRICS_PORT, API_PORT: '0' };
      programs.push(await startBuilt('worker/main.js', variables));
      programs.push(await startBuilt('api/main.js', variables));
      await programs[1]?.saw(/api listens/);
      const { out_order_no } = await paying(stage.stack);
      await stage.stack.people.pay(out_order_no);
      await shown(stage.stack, out_order_no, { phase: 'paid' });
      const texts = ports.map(async (port) => {
        return await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      });
      served = namesIn((await Promise.all(texts)).join('\n'));
    });
    after(async () => {
      await Promise.all(programs.map((program) => program.end()));
      await stage.close();
    });

    it('names no figure that is not served', () => {
      const expressions = [
        ...rules.map(({ alert, expr }) => [alert, expr] as const),
        ...panels.flatMap(({ title, targets = [] }) =>
          targets.map(({ expr }) => [title, expr] as const),
        ),
      ];
      const missing = expressions.flatMap(([where, expr]) =>
        figuresNamedIn(expr)
          .filter((name) => !served.has(name))
          .map((name) => `${where}: ${name}`),
      );
      assert.deepEqual(missing, []);
      assert.ok(expressions.flatMap(([, expr]) => figuresNamedIn(expr)).length > 50);
    });

    it('finds each figure of ours in the table of operations', async () => {
      const operations = await read('docs/operations.md');
      const ours = [...served].filter((name) => /^(payscore|wechatpay)_/.test(name));
      assert.deepEqual(
        ours.filter((name) => !operations.includes(`\`${name}\``)),
        [],
      );
    });
  });
});
