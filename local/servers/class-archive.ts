/** An archive of the classes that the time-skipping server loads: with it the JVM starts in half the time. */
import { startChild } from '../stack/child-process.ts';
import { freePort } from '../stack/port.ts';
import { untilServing } from './serving.ts';

/** Starts the server once, which also proves that it works; the JVM writes the archive when it is stopped. */
export async function archiveClasses(server: string): Promise<void> {
  const port = await freePort('127.0.0.1');
  const child = startChild({
    name: 'the time-skipping server',
    command: server,
    args: [String(port)],
    env: { JAVA_TOOL_OPTIONS: '-XX:ArchiveClassesAtExit=server.jsa' },
    graceMs: 60_000,
  });
  try {
    await untilServing(`127.0.0.1:${port}`, child);
  } finally {
    await child.stop();
  }
}
