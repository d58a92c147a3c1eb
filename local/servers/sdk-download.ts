/** A command that has the SDK download one server and start it once: `sdk-download.ts <server> <version> <folder>`. */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [server, version, downloadDir] = process.argv.slice(2);
if (version === undefined || downloadDir === undefined) throw new Error('no version or folder');

const executable = { type: 'cached-download', version: `v${version}`, downloadDir } as const;
try {
  const environment =
    server === 'temporal'
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await environment.teardown();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
