/** A process for the tests to interrupt or kill: `starter.ts <what>` starts one server, names its port, and stays. */
import { startChild } from '../../local/stack/child-process.ts';
import { startTemporal } from '../../local/servers/temporal-server.ts';
import { startTimeSkipping } from '../../local/servers/start-time-skipping.ts';
import { timeSkippingServer } from '../../local/servers/time-skipping-server.ts';
import { accepts } from './support.ts';

const LISTENER = `
  const server = require('node:net').createServer();
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

const starters: Record<string, () => Promise<void>> = {
  async temporal() {
    const { address, stop } = await startTemporal();
    const port = portOf(address);
    process.once('SIGINT', () => void endInOrder(port, stop)); // before anybody knows that we are there
    console.log(port);
  },
  async 'time-skipping'() {
    const { address } = await startTimeSkipping(await timeSkippingServer());
    console.log(portOf(address));
  },
  async grandchild() {
    startChild({
      name: 'a shell',
      command: '/bin/sh',
      args: ['-c', '"$0" -e "$1" & wait', process.execPath, LISTENER],
      onLine: (line) => console.log(line),
    });
  },
};

await starters[process.argv[2] ?? '']?.();
setInterval(() => undefined, 1000);

async function endInOrder(port: number, stop: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log((await accepts(port)) ? 'the server is still there' : 'the server is gone');
  await stop();
  process.exit();
}

function portOf(address: string): number {
  return Number(address.split(':')[1]);
}
