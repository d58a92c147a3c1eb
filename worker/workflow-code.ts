/** The workflows as one file, which Temporal's sandbox runs: made by the build, or else by the worker as it starts. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type BundleOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../temporal/codec/data-converter.ts';
import { DEFAULT_LANGUAGE, type Language } from '../words/language.ts';

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

/**
 * The code, told the operator's language: what the web UI shows is worded in the sandbox, where no configuration is read.
 *
 * @param given instead of the build's, or of what is bundled from the sources as the worker starts; the former is sooner by seconds
 */
export async function workflowCodeIn(
  language: Language = DEFAULT_LANGUAGE,
  given?: WorkflowBundleOption,
): Promise<{ readonly code: string }> {
  const code = await codeOf(given ?? (isBuilt ? { codePath: WORKFLOW_CODE_PATH } : undefined));
  // In front of the first line: all others stay where the source map has them.
  return { code: `globalThis.OPERATOR_LANGUAGE = '${language}';${code}` };
}

async function codeOf(given: WorkflowBundleOption | undefined): Promise<string> {
  if (!given) return (await bundleWorkflowCode(bundleOptionsOf(WORKFLOWS_FOLDER))).code;
  return 'code' in given ? given.code : await readFile(given.codePath, 'utf8');
}
