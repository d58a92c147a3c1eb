/** The SDK's environment for tests that skip time, on a server that we have started: it waits for no JVM as long as we do. */
import type { ClientOptions } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { startTimeSkipping } from '../../local/servers/start-time-skipping.ts';
import { timeSkippingServer } from '../../local/servers/time-skipping-server.ts';

export interface Skipping {
  readonly environment: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

/** What `createFromExistingServer` calls as well, though only for servers that skip no time; private, and at an exact version. */
const { create } = TestWorkflowEnvironment as unknown as {
  create(options: object): Promise<TestWorkflowEnvironment>;
};

export async function skippingEnvironment(
  client?: Pick<ClientOptions, 'dataConverter'>,
): Promise<Skipping> {
  const { address, stop } = await startTimeSkipping(await timeSkippingServer());
  const environment = await create.call(TestWorkflowEnvironment, {
    ...{ server: { type: 'existing' }, address, client, namespace: 'default' },
    supportsTimeSkipping: true,
  });
  return {
    environment,
    async stop() {
      await environment.teardown();
      await stop();
    },
  };
}
