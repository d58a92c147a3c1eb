/** The workflows' bundle, of the sources as they are. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../../temporal/codec/data-converter.ts';
import { WORKFLOWS_PATH } from '../../worker/workflow-code.ts';
import { kept } from './kept.ts';

/** All that a bundle is made of. */
const SOURCES = ['workflows', 'payscore', 'reconciliation', 'schemas', 'activities', 'temporal'];
const FILE = 'bundle.json';

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= keptBundle();
  return bundle;
}

async function keptBundle(): Promise<WorkflowBundleWithSourceMap> {
  const folder = await kept('bundle', SOURCES, async (own) => {
    const built = await bundleWorkflowCode({
      workflowsPath: WORKFLOWS_PATH,
      failureConverterPath: FAILURE_CONVERTER_PATH,
      logger: new DefaultLogger('ERROR'),
    });
    await writeFile(join(own, FILE), JSON.stringify(built));
  });
  return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as WorkflowBundleWithSourceMap;
}
