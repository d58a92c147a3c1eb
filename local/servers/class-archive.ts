/** An archive of the classes that the time-skipping server loads: with it the JVM starts in half the time. */
import { startTimeSkipping } from './start-time-skipping.ts';

/** Starts the server once, which also proves that it works; the JVM writes the archive when it is stopped. */
export async function archiveClasses(server: string): Promise<void> {
  const once = await startTimeSkipping(server, {
    JAVA_TOOL_OPTIONS: '-XX:ArchiveClassesAtExit=server.jsa',
  });
  await once.stop();
}
