/** The workflows' bundle, of the sources as they are. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { bundleOptionsOf, WORKFLOWS_FOLDER } from '../../worker/workflow-code.ts';
import { kept } from './kept.ts';

/** All that a bundle is made of. */
const SOURCES = [
  'workflows',
  'payscore',
  'reconciliation',
  'schemas',
  'activities',
  'temporal',
  'worker',
  'words',
];
const FILE = 'bundle.json';

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= keptBundle();
  return bundle;
}

async function keptBundle(): Promise<WorkflowBundleWithSourceMap> {
  const folder = await kept('bundle', SOURCES, async (own) => {
    const built = await bundleWorkflowCode({
      ...bundleOptionsOf(WORKFLOWS_FOLDER),
      logger: new DefaultLogger('ERROR'),
    });
    await writeFile(join(own, FILE), JSON.stringify(built));
  });
  return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as WorkflowBundleWithSourceMap;
}
