/** The workflows as one file, which Temporal's sandbox runs: made by the build, or else by the worker as it starts. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from '@temporalio/worker';

const isBuilt = extname(import.meta.url) === '.js';

/** Where the workflows begin, in sources and in a build alike. */
export const WORKFLOWS_PATH = fileURLToPath(
  new URL(`../workflows/bundle${extname(import.meta.url)}`, import.meta.url),
);

/** In a build alone. */
export const WORKFLOW_CODE_PATH = fileURLToPath(new URL('../workflow-code.js', import.meta.url));

/** A built worker starts sooner by the seconds that bundling takes, and all built workers run the same code. */
export const WORKFLOW_CODE: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> = isBuilt
  ? { workflowBundle: { codePath: WORKFLOW_CODE_PATH } }
  : { workflowsPath: WORKFLOWS_PATH };
