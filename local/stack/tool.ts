/** Runs a tool to its end, or to ours; the last words of one that failed become the error. */
import { executable } from './executable.ts';
import { startChild } from './child-process.ts';
import { SetupError } from './setup-error.ts';

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

const LAST_LINES = 5;

export async function run({ command, args, cwd }: Run): Promise<void> {
  if ((await executable(command)) === undefined) throw new SetupError(`no \`${command}\` here`);

  const lastLines: string[] = [];
  const child = startChild({
    name: command,
    command,
    args,
    ...(cwd !== undefined && { cwd }),
    onLine(line) {
      lastLines.push(line);
      if (lastLines.length > LAST_LINES) lastLines.shift();
    },
  });
  const { code, signal } = await child.exited;
  if (code !== 0) {
    throw new SetupError(
      [`\`${command}\` ended with ${signal ?? code}`, ...lastLines].join('\n    '),
    );
  }
}
