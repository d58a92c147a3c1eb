/** The last step of `npm run build`: bundles the built workflows, once for every worker that is started from the build. */
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleOptionsOf, WORKFLOW_CODE_PATH, WORKFLOWS_FOLDER } from './workflow-code.ts';

const { code } = await bundleWorkflowCode({
  ...bundleOptionsOf(WORKFLOWS_FOLDER),
  logger: new DefaultLogger('WARN'),
});
await writeFile(WORKFLOW_CODE_PATH, code);
