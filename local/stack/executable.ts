/** Executables of this machine: where one is, and whether it runs. */
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';

/** The path of a command, found as a shell finds it; undefined when there is none. */
export async function executable(command: string): Promise<string | undefined> {
  if (command.includes('/')) return (await isExecutable(command)) ? command : undefined;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = resolve(folder, command);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/** What it says to `--version`, in one line; undefined when it is absent, cut short or made for another machine. */
export async function versionOf(path: string): Promise<string | undefined> {
  return await new Promise((settle) => {
    execFile(path, ['--version'], { timeout: 20_000 }, (error, stdout) => {
      settle(error ? undefined : (stdout.split('\n')[0] ?? ''));
    });
  });
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
