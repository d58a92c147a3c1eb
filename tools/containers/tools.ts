/** Whether commands are here, and whether they end well. */
import { run } from './commands.ts';

/** @throws {Error} with the packages of Debian to install */
export async function requireTools(
  packages: Readonly<Record<string, string>>,
  environment?: NodeJS.ProcessEnv,
): Promise<void> {
  const missing = new Set<string>();
  for (const [tool, bringer] of Object.entries(packages)) {
    if (!(await succeeds('which', [tool], environment))) missing.add(bringer);
  }
  if (missing.size === 0) return;
  throw new Error(`Not installed here: apt-get install ${[...missing].join(' ')}`);
}

export async function succeeds(
  command: string,
  args: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<boolean> {
  return await run(command, args, { ...(environment && { env: environment }) }).then(
    () => true,
    () => false,
  );
}
