/** The workflows' bundle, built once for all test files: each is a process of its own, and building takes seconds. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { ROOT } from '../../local/settings.ts';
import { WORKFLOWS_PATH } from '../../worker/workflow-code.ts';

/** All that a bundle is made of. */
const SOURCES = ['workflows', 'payscore', 'reconciliation', 'schemas', 'activities'];
const FOLDER = join(ROOT, 'node_modules/.cache/payscore-orders');

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= keptBundle();
  return bundle;
}

async function keptBundle(): Promise<WorkflowBundleWithSourceMap> {
  const path = join(FOLDER, `bundle-${await digestOfSources()}.json`);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as WorkflowBundleWithSourceMap;
  const built = await bundleWorkflowCode({
    workflowsPath: WORKFLOWS_PATH,
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(FOLDER, { recursive: true });
  // Two processes may build it at once: each puts a whole one there.
  await writeFile(`${path}.${process.pid}`, JSON.stringify(built));
  await rename(`${path}.${process.pid}`, path);
  return built;
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    for (const name of (await readdir(join(ROOT, folder))).toSorted()) {
      hash.update(name).update(await readFile(join(ROOT, folder, name)));
    }
  }
  return hash.update(await readFile(join(ROOT, 'package-lock.json'))).digest('hex');
}
