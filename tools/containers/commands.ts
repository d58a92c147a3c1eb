/** Runs a command to its end: what it printed, or an error that says what it printed. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export async function run(
  command: string,
  args: readonly string[],
  { env, cwd, input }: { env?: NodeJS.ProcessEnv; cwd?: string; input?: Buffer | string } = {},
): Promise<string> {
  const child = spawn(command, args, { env, cwd, stdio: 'pipe' });
  const printed: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complained.push(chunk));
  child.stdin.on('error', () => {}); // it may have ended before it read all
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const output = Buffer.concat(printed).toString('utf8');
  if (code === 0) return output;
  const said = `${output}${Buffer.concat(complained).toString('utf8')}`.trim();
  throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said.slice(-4_000)}`);
}

/** Asks until the answer is true, and says how long that took. @throws {Error} with what was waited for */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  ms = 120_000,
): Promise<number> {
  const begin = Date.now();
  while (!(await isSo().catch(() => false))) {
    if (Date.now() - begin > ms) throw new Error(`${what}: not within ${ms / 1_000} s`);
    await delay(200);
  }
  return secondsSince(begin);
}

export function secondsSince(begin: number): number {
  return Math.round((Date.now() - begin) / 100) / 10;
}
