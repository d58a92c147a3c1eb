/** Plants mistakes into a copy of the sources: the linter must name each, and nothing that is allowed. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  ...['.oxlintrc.json', 'tsconfig.json'],
  ...[
    'config',
    'process',
    'schemas',
    'payscore',
    'wechatpay',
    'reconciliation',
    'answers',
    'words',
  ],
  ...['workflows'],
  ...['temporal', 'activities', 'worker', 'api', 'doctor', 'simulator', 'local', 'tools'],
];

const TABLE = 'eslint(no-restricted-imports)';
const FLOATING = 'typescript(no-floating-promises)';

interface Plant {
  readonly title: string;
  readonly folder: string;
  readonly code: string;
  /** Another file of the same folder. */
  readonly beside?: readonly [name: string, code: string];
  /** Absent where the linter must keep silent. */
  readonly rule?: string;
}

const valueOf = (name: string, from: string) =>
  `import { ${name} } from '${from}';\nexport const planted = [${name}];\n`;
const typeOf = (name: string, from: string) =>
  `import type { ${name} } from '${from}';\nexport type Planted = ${name};\n`;
const calling = (call: string) =>
  `import { getServiceOrder } from './activities.ts';\n` +
  `const key = { out_order_no: '1', appid: 'wx', service_id: '2' };\n` +
  `export async function planted(): Promise<void> {\n  ${call};\n}\n`;

const PLANTS: readonly Plant[] = [
  {
    title: 'a workflow awaits its activities',
    folder: 'workflows',
    code: calling('getServiceOrder(key)'),
    rule: FLOATING,
  },
  {
    title: 'a workflow may not excuse an activity that it does not await',
    folder: 'workflows',
    code: calling('void getServiceOrder(key)'),
    rule: FLOATING,
  },
  {
    title: 'an awaited activity is fine',
    folder: 'workflows',
    code: calling('await getServiceOrder(key)'),
  },
  {
    title: 'answers/ loads nothing of reconciliation/',
    folder: 'answers',
    code: valueOf('FINDINGS', '../reconciliation/report/finding.ts'),
    rule: TABLE,
  },
  {
    title: 'answers/ may name what reconciliation/ tells',
    folder: 'answers',
    code: typeOf('Finding', '../reconciliation/report/finding.ts'),
  },
  {
    title: 'answers/ loads nothing of the API',
    folder: 'answers',
    code: valueOf('Problem', '../api/http/problems.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ load nothing of answers/',
    folder: 'workflows',
    code: valueOf('presented', '../answers/service-order.ts'),
    rule: TABLE,
  },
  {
    title: 'an activity may tell an order as the API does',
    folder: 'activities',
    code: valueOf('presented', '../answers/service-order.ts'),
  },
  {
    title: 'workflows/ loads nothing of schemas/',
    folder: 'workflows',
    code: valueOf('ServiceOrder', '../schemas/service-order.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ knows the types of schemas/',
    folder: 'workflows',
    code: typeOf('ServiceOrder', '../schemas/service-order.ts'),
  },
  {
    title: 'types are imported by `import type`, which loads nothing',
    folder: 'workflows',
    code: typeOf('ServiceOrder', '../schemas/service-order.ts').replace(
      /import type \{ (\w+) \}/,
      'import { type $1 }',
    ),
    rule: 'typescript(no-import-type-side-effects)',
  },
  {
    title: 'workflows/ loads no activity',
    folder: 'workflows',
    code: valueOf('failureOf', '../activities/failure.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ loads payscore/',
    folder: 'workflows',
    code: valueOf('phaseOf', '../payscore/rules/phase.ts'),
  },
  {
    title: 'workflows/ loads no package but that of workflows',
    folder: 'workflows',
    code: valueOf('randomUUID', 'node:crypto'),
    rule: TABLE,
  },
  {
    title: "workflows/ takes Temporal's common package for search attributes only",
    folder: 'workflows',
    code: valueOf('ApplicationFailure', '@temporalio/common'),
    rule: TABLE,
  },
  {
    title: 'schemas/ knows nothing of ours',
    folder: 'schemas',
    code: typeOf('Phase', '../payscore/rules/phase.ts'),
    rule: TABLE,
  },
  {
    title: 'payscore/ loads nothing of schemas/',
    folder: 'payscore',
    code: valueOf('ServiceOrder', '../schemas/service-order.ts'),
    rule: TABLE,
  },
  {
    title: 'payscore/ does not know wechatpay/',
    folder: 'payscore',
    code: typeOf('WechatpayClient', '../wechatpay/client.ts'),
    rule: TABLE,
  },
  {
    title: 'payscore/ is pure',
    folder: 'payscore',
    code: valueOf('readFileSync', 'node:fs'),
    rule: TABLE,
  },
  {
    title: 'wechatpay/ is usable without the rest',
    folder: 'wechatpay',
    code: valueOf('phaseOf', '../payscore/rules/phase.ts'),
    rule: TABLE,
  },
  {
    title: 'reconciliation/ knows no package but the parser of bills',
    folder: 'reconciliation',
    code: valueOf('Client', '@temporalio/client'),
    rule: TABLE,
  },
  {
    title: 'reconciliation/ loads the parser of bills and what comes with node',
    folder: 'reconciliation',
    code:
      `import { open } from 'node:fs/promises';\n` +
      valueOf('parse', 'csv-parse').replace('[', '[open, '),
  },
  {
    title: 'reconciliation/ does not bring its own bills',
    folder: 'reconciliation',
    code: typeOf('WechatpayClient', '../wechatpay/client.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ loads nothing of reconciliation/ that parses',
    folder: 'workflows',
    code: valueOf('readBill', '../reconciliation/bill/reader.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ knows the types of reconciliation/',
    folder: 'workflows',
    code: typeOf('BillTotals', '../reconciliation/bill/totals.ts'),
  },
  {
    title: 'activities/ loads reconciliation/',
    folder: 'activities',
    code: valueOf('readBill', '../reconciliation/bill/reader.ts'),
  },
  {
    title: 'activities/ loads temporal/, which knows the contract',
    folder: 'activities',
    code: valueOf('runsIn', '../temporal/runs.ts'),
  },
  {
    title: 'temporal/ does not know what bills say',
    folder: 'temporal',
    code: typeOf('BillTotals', '../reconciliation/bill/totals.ts'),
    rule: TABLE,
  },
  {
    title: 'the simulator writes bills without our reader',
    folder: 'simulator/bills',
    code: typeOf('BillTotals', '../../reconciliation/bill/totals.ts'),
    rule: TABLE,
  },
  {
    title: 'activities/ does not know workflows/',
    folder: 'activities',
    code: valueOf('TASK_QUEUE', '../workflows/contract.ts'),
    rule: TABLE,
  },
  {
    title: 'worker/ loads of workflows/ the contract only',
    folder: 'worker',
    code: valueOf('detailsOf', '../workflows/details/order.ts'),
    rule: TABLE,
  },
  {
    title: 'worker/ loads the contract',
    folder: 'worker',
    code: valueOf('TASK_QUEUE', '../workflows/contract.ts'),
  },
  {
    title: 'api/ loads of workflows/ the contract only',
    folder: 'api',
    code: valueOf('detailsOf', '../workflows/details/order.ts'),
    rule: TABLE,
  },
  {
    title: 'api/ loads the contract from its folders too',
    folder: 'api/service-orders',
    code: valueOf('TASK_QUEUE', '../../workflows/contract.ts'),
  },
  {
    title: 'api/ knows no activity',
    folder: 'api/service-orders',
    code: typeOf('FailureOf', '../../activities/failure.ts'),
    rule: TABLE,
  },
  {
    title: 'only programs read the configuration, in api/',
    folder: 'api',
    code: valueOf('apiConfig', '../config/programs.ts'),
    rule: TABLE,
  },
  {
    title: 'api/ knows the types of the configuration',
    folder: 'api/http',
    code: typeOf('ApiKey', '../../config/api-keys.ts'),
  },
  {
    title: 'only programs read the configuration, in worker/',
    folder: 'worker',
    code: valueOf('workerConfig', '../config/programs.ts'),
    rule: TABLE,
  },
  {
    title: 'only programs read the configuration, in doctor/',
    folder: 'doctor',
    code: valueOf('doctorConfig', '../config/doctor.ts'),
    rule: TABLE,
  },
  {
    title: 'doctor/ knows the types of config/',
    folder: 'doctor/wechatpay',
    code: typeOf('DoctorConfig', '../../config/doctor.ts'),
  },
  {
    title: 'doctor/ asks our programs as others do',
    folder: 'doctor/callback',
    code: valueOf('createApp', '../../api/app.ts'),
    rule: TABLE,
  },
  {
    title: 'doctor/ loads of workflows/ the contract only',
    folder: 'doctor/temporal',
    code: valueOf('detailsOf', '../../workflows/details/order.ts'),
    rule: TABLE,
  },
  {
    title: 'doctor/ loads the contract',
    folder: 'doctor/temporal',
    code: valueOf('taskQueueOf', '../../workflows/contract.ts'),
  },
  {
    title: 'nothing asks the doctor',
    folder: 'worker',
    code: typeOf('Finding', '../doctor/finding.ts'),
    rule: TABLE,
  },
  {
    title: 'only programs read the environment',
    folder: 'activities',
    code: `export const planted = process.env['PATH'];\n`,
    rule: 'node(no-process-env)',
  },
  {
    title: 'simulator/ does not know our rules',
    folder: 'simulator/orders',
    code: valueOf('phaseOf', '../../payscore/rules/phase.ts'),
    rule: TABLE,
  },
  {
    title: 'simulator/ does not know our shapes',
    folder: 'simulator',
    code: typeOf('ServiceOrder', '../schemas/service-order.ts'),
    rule: TABLE,
  },
  {
    title: 'simulator/ shares no more of wechatpay/ than the primitives',
    folder: 'simulator/transport',
    code: valueOf('createVerificationKeys', '../../wechatpay/keys.ts'),
    rule: TABLE,
  },
  {
    title: 'simulator/ shares the primitives',
    folder: 'simulator/transport',
    code: valueOf('decryptResource', '../../wechatpay/resource.ts'),
  },
  {
    title: 'nothing knows the local stack',
    folder: 'worker',
    code: valueOf('freePort', '../local/stack/port.ts'),
    rule: TABLE,
  },
  {
    title: 'config/ knows nothing of what it configures but the keys',
    folder: 'config',
    code: typeOf('OrderView', '../payscore/order/view.ts'),
    rule: TABLE,
  },
  {
    title: 'config/ makes keys of what it is given',
    folder: 'config',
    code: valueOf('createVerificationKeys', '../wechatpay/keys.ts'),
  },
  {
    title: 'process/ knows nothing of what runs in it',
    folder: 'process',
    code: typeOf('OrderView', '../payscore/order/view.ts'),
    rule: TABLE,
  },
  {
    title: 'tools/ speaks to the programs as others do',
    folder: 'tools/containers',
    code: valueOf('createApp', '../../api/app.ts'),
    rule: TABLE,
  },
  {
    title: 'local/ is no test',
    folder: 'local/story',
    code: valueOf('eventually', '../../test/support/eventually.ts'),
    rule: TABLE,
  },
  {
    title: 'workflows/ knows activities by workflows/activities.ts alone',
    folder: 'workflows/service-order',
    code: typeOf('Clock', '../../activities/sending.ts'),
    rule: TABLE,
  },
  {
    title: 'private files of the SDK are imported in one place',
    folder: 'worker',
    code: valueOf('tsToMs', '@temporalio/common/lib/time.js'),
    rule: TABLE,
  },
  {
    title: 'no circle, of types either',
    folder: 'payscore/times',
    code: `import type { Other } from './planted-circle.ts';\nexport type Planted = Other | undefined;\n`,
    beside: [
      'planted-circle.ts',
      `import type { Planted } from './planted-INDEX.ts';\nexport type Other = Planted[];\n`,
    ],
    rule: 'import(no-cycle)',
  },
  {
    title: 'a switch covers every case',
    folder: 'payscore',
    code:
      `export function planted(state: 'a' | 'b'): void {\n` +
      `  switch (state) {\n    case 'a':\n      break;\n  }\n}\n`,
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    title: 'there are no default exports',
    folder: 'payscore',
    code: `export default 1;\n`,
    rule: 'import(no-default-export)',
  },
];

const fileOf = ({ folder }: Plant, index: number) => `${folder}/planted-${index}.ts`;

let folder: string;
let rulesByFile: ReadonlyMap<string, string[]>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payscore-lint-'));
  await Promise.all([
    symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules')),
    ...COPIED.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })),
  ]);
  const files = PLANTS.map(fileOf);
  await Promise.all(PLANTS.map(({ code }, i) => writeFile(join(folder, files[i]!), code)));
  for (const [index, { beside, folder: room }] of PLANTS.entries()) {
    if (!beside) continue;
    const [name, code] = beside;
    await writeFile(join(folder, room, name), code.replace('INDEX', String(index)));
  }
  rulesByFile = await lint(files);
});

after(() => rm(folder, { recursive: true, force: true }));

for (const [index, plant] of PLANTS.entries()) {
  test(plant.title, () => {
    assert.deepEqual(
      rulesByFile.get(fileOf(plant, index)) ?? [],
      plant.rule === undefined ? [] : [plant.rule],
      plant.code,
    );
  });
}

async function lint(files: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const report = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [oxlint, '--type-aware', '--format=json', ...files],
      { cwd: folder, maxBuffer: 2 ** 24 },
      (_findings, stdout) => resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { code: string; filename: string }[];
  };
  const found = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), code]);
  }
  return found;
}
