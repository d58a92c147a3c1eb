/** The workflows with one place changed: another release, or a planted mistake. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export async function changedBundle(...changes: Change[]): Promise<WorkflowBundleWithSourceMap> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bundle-'));
  try {
    for (const part of ['workflows', 'payscore', 'schemas', 'package.json']) {
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const { file, from, to } of changes) {
      const source = await readFile(join(folder, file), 'utf8');
      assert.ok(source.includes(from), `${file} has the place to change`);
      await writeFile(join(folder, file), source.replace(from, to));
    }
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/bundle.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
