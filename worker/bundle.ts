/** The last step of `npm run build`: bundles the built workflows, once for every worker that is started from the build. */
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../temporal/codec/data-converter.ts';
import { WORKFLOW_CODE_PATH, WORKFLOWS_PATH } from './workflow-code.ts';

const { code } = await bundleWorkflowCode({
  workflowsPath: WORKFLOWS_PATH,
  failureConverterPath: FAILURE_CONVERTER_PATH,
  logger: new DefaultLogger('WARN'),
});
await writeFile(WORKFLOW_CODE_PATH, code);
