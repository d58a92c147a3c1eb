/** Processor time of a process and of all that it has started, from Linux's own account. */
import { readdir, readFile } from 'node:fs/promises';

/** `USER_HZ`: 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;

interface Account {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** In ms, user and system together. */
export async function processorMs(pid: number): Promise<number> {
  const accounts = await allAccounts();
  const ticksOf = ({ pid: of, ticks }: Account): number =>
    accounts
      .filter(({ parent }) => parent === of)
      .reduce((sum, child) => sum + ticksOf(child), ticks);
  const root = accounts.find((account) => account.pid === pid);
  if (!root) throw new Error(`process ${pid} has ended`);
  return ticksOf(root) * MS_PER_TICK;
}

/** Resident memory in MiB. */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

async function allAccounts(): Promise<Account[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(
    // Who has ended meanwhile has no account any more.
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return stats.filter((stat) => stat !== '').map(accountIn);
}

/** The name, in brackets, may hold anything. */
function accountIn(stat: string): Account {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field]);
  // Fields 4 (parent), and 14 to 17: time in user and kernel mode, own and of children that have ended.
  const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + at(field), 0);
  return { pid: Number.parseInt(stat, 10), parent: at(1), ticks };
}
