/** The workflows as one file, which Temporal's sandbox runs: made by the build, or else by the worker as it starts. */
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../temporal/codec/data-converter.ts';

const EXTENSION = extname(import.meta.url);
const isBuilt = EXTENSION === '.js';

/** In a build alone. */
export const WORKFLOW_CODE_PATH = fileURLToPath(new URL('../workflow-code.js', import.meta.url));

/**
 * How the workflows are bundled, whoever bundles them. Their modules are loaded once for all runs and frozen, and not anew for
 * each: none of them may keep anything, which a test holds.
 *
 * @param folder the one called `workflows`, of sources or of a build
 */
export function bundleOptionsOf(folder: string, extension = EXTENSION) {
  const path = join(folder, `bundle${extension}`);
  return {
    workflowsPath: path,
    preloadModules: [join(folder, `call-stack${extension}`), path],
    workflowInterceptorModules: ['unstarted-events', 'signals-first'].map((name) =>
      join(folder, `${name}${extension}`),
    ),
    failureConverterPath: FAILURE_CONVERTER_PATH,
  } satisfies BundleOptions;
}

/** Where the workflows are, in sources and in a build alike. */
export const WORKFLOWS_FOLDER = fileURLToPath(new URL('../workflows', import.meta.url));

/** A built worker starts sooner by the seconds that bundling takes, and all built workers run the same code. */
export const WORKFLOW_CODE: Pick<
  WorkerOptions,
  'workflowBundle' | 'workflowsPath' | 'bundlerOptions' | 'interceptors'
> = isBuilt ? { workflowBundle: { codePath: WORKFLOW_CODE_PATH } } : fromSources();

function fromSources() {
  const options = bundleOptionsOf(WORKFLOWS_FOLDER);
  const { workflowsPath, preloadModules, workflowInterceptorModules: workflowModules } = options;
  return { workflowsPath, bundlerOptions: { preloadModules }, interceptors: { workflowModules } };
}
