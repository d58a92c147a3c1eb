/** The workflows with places changed: another release, or a planted mistake. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { bundleOptionsOf } from '../../worker/workflow-code.ts';
import { copyChanged, type Change } from './changed-sources.ts';

const SOURCES = ['workflows', 'payscore', 'schemas', 'words', 'package.json'];

export async function changedBundle(...changes: Change[]): Promise<WorkflowBundleWithSourceMap> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bundle-'));
  try {
    await copyChanged(folder, SOURCES, changes);
    return await bundleWorkflowCode({
      ...bundleOptionsOf(join(folder, 'workflows')),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
