/** The alert rules and the dashboard's expressions in a real Prometheus that watches real programs. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startChild } from '../../local/stack/child-process.ts';
import { ROOT } from '../../local/stack/settings.ts';
import { eventually } from '../support/eventually.ts';
import { newNumber } from '../support/orders.ts';
import { steadyPort } from '../support/port.ts';
import { openProgramStage } from '../support/program-stage.ts';
import { startBuilt } from '../support/program.ts';

const RULES = join(ROOT, 'ops/prometheus/rules.en.yml');
const DASHBOARD = join(ROOT, 'ops/grafana/dashboard.en.json');
const IMAGE = join(ROOT, 'docs/images/alerts.png');
const VIEW = { width: 1_300, height: 1_000 };
const SEEN_MS = 60_000;

export async function lookAtAlerts(browser: Browser, tell: (line: string) => void): Promise<void> {
  const stage = await openProgramStage();
  const [api_port, api_metrics, worker_port, prometheus_port] = await Promise.all([
    steadyPort(),
    steadyPort(),
    steadyPort(),
    steadyPort(),
  ]);
  const variables = {
    ...stage.variables,
    API_PORT: String(api_port),
    API_METRICS_PORT: String(api_metrics),
    WORKER_PORT: String(worker_port),
  };
  const worker = await startBuilt('worker/main.js', variables);
  const api = await startBuilt('api/main.js', variables);
  const folder = await mkdtemp(join(tmpdir(), 'payscore-prometheus-'));
  const prometheus = startChild({
    name: 'Prometheus',
    command: 'prometheus',
    args: [
      `--config.file=${await configIn(folder, { worker: worker_port, api: api_metrics })}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${prometheus_port}`,
    ],
  });
  const url = `http://127.0.0.1:${prometheus_port}`;
  try {
    await eventually('both are watched', async () => (await up(url)) === 2, SEEN_MS);
    tell('Prometheus watches a worker and an API');

    // A payment that no order here can take, and a worker that is gone.
    const { mchid, appid, service_id } = stage.stack.merchant;
    const resource = { mchid, appid, service_id, out_order_no: newNumber(), state: 'DONE' };
    const { headers, body } = await stage.wechat.notification({ resource });
    const to = `http://127.0.0.1:${api_port}/wechatpay/notifications`;
    await fetch(to, { method: 'POST', headers, body });
    await worker.end();
    const fires = (name: string, state: string) => async () =>
      (await alerts(url)).some((it) => it.labels.alertname === name && it.state === state);
    await eventually('fires', fires('PayscoreUnclaimedPayment', 'firing'), SEEN_MS);
    await eventually('is pending', fires('PayscoreWorkerDown', 'pending'), SEEN_MS);
    tell('an alert fires for an unclaimed payment, and one is pending for the worker');

    const panels = await answered(url, await expressions());
    tell(
      `${panels.asked} expressions of the dashboard are answered, ${panels.shown} of them with figures`,
    );

    const page = await browser.newPage({ viewport: VIEW });
    // Debian's Prometheus has the older page.
    const isOlder = !(await fetch(`${url}/alerts`)).ok;
    await page.goto(`${url}${isOlder ? '/classic' : ''}/alerts`);
    await page.getByText('PayscoreUnclaimedPayment').first().click();
    await page.waitForTimeout(1_000);
    // The folder of this run is nobody's.
    const shown = (await page.content()).replaceAll(folder, 'ops/prometheus');
    await page.setContent(shown, { waitUntil: 'load' });
    await page.screenshot({ path: IMAGE });
    tell('the page of Prometheus shows them');
  } finally {
    await prometheus.stop();
    await api.end();
    await worker.end();
    await stage.close();
    await rm(folder, { recursive: true });
  }
}

/** Ours, but for what is asked, and how often. */
async function configIn(
  folder: string,
  ports: { readonly worker: number; readonly api: number },
): Promise<string> {
  await writeFile(join(folder, 'rules.yml'), await readFile(RULES));
  const job = (name: string, port: number) =>
    `  - job_name: payscore-${name}\n    static_configs: [{ targets: ['127.0.0.1:${port}'] }]\n`;
  const config =
    'global: { scrape_interval: 1s, evaluation_interval: 1s }\nrule_files: [rules.yml]\nscrape_configs:\n' +
    job('worker', ports.worker) +
    job('api', ports.api);
  const path = join(folder, 'prometheus.yml');
  await writeFile(path, config);
  return path;
}

interface Panel {
  readonly panels?: readonly Panel[];
  readonly targets?: readonly { readonly expr: string }[];
}

/** Of the dashboard; Grafana puts the spans of time in. */
async function expressions(): Promise<string[]> {
  const dashboard = JSON.parse(await readFile(DASHBOARD, 'utf8')) as Panel;
  const of = ({ panels = [], targets = [] }: Panel): string[] => [
    ...targets.map(({ expr }) => expr.replaceAll(/\$__\w+/g, '1m')),
    ...panels.flatMap(of),
  ];
  return of(dashboard);
}

/** @throws where Prometheus does not understand one */
async function answered(url: string, all: readonly string[]) {
  let shown = 0;
  for (const expr of all) {
    const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`);
    assert.equal(answer.status, 200, expr);
    const { data } = (await answer.json()) as { data: { result: unknown[] } };
    if (data.result.length > 0) shown += 1;
  }
  return { asked: all.length, shown };
}

interface Alert {
  readonly labels: { readonly alertname: string };
  readonly state: string;
}

async function alerts(url: string): Promise<Alert[]> {
  const { data } = (await asked(`${url}/api/v1/alerts`)) as { data: { alerts: Alert[] } };
  return data.alerts;
}

async function up(url: string): Promise<number> {
  const { data } = (await asked(`${url}/api/v1/query?query=sum(up)`)) as {
    data: { result: { value: [number, string] }[] };
  };
  return Number(data.result[0]?.value[1] ?? 0);
}

async function asked(url: string): Promise<unknown> {
  // It may not listen yet.
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok ? await answer.json() : { data: { alerts: [], result: [] } };
}
