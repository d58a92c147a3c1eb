/** What a daemon that was killed leaves behind: containers, those who watch over them, and mounts. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../commands.ts';

/** Both at once, as a loss of power would: one that outlives its daemon is stopped by the next as if on our wish. */
export async function killContainers(execFolder: string): Promise<void> {
  for (const pid of [...(await watchers(execFolder)), ...(await containers(execFolder))]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The last mounted first. */
export async function unmountAll(folder: string): Promise<void> {
  const mounts = (await textOf('/proc/self/mountinfo')).split('\n');
  const targets = mounts.flatMap((line) => line.split(' ')[4] ?? []);
  for (const target of targets.filter((path) => path.startsWith(`${folder}/`)).reverse()) {
    await run('umount', [target]);
  }
}

/** No file says who they are, but each names the socket of its `containerd`. */
async function watchers(execFolder: string): Promise<number[]> {
  const socket = join(execFolder, 'containerd/containerd.sock');
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if ((await textOf(`/proc/${pid}/cmdline`)).split('\0').includes(socket))
      found.push(Number(pid));
  }
  return found;
}

async function containers(execFolder: string): Promise<number[]> {
  const tasks = join(execFolder, 'containerd/daemon/io.containerd.runtime.v2.task/moby');
  const found: number[] = [];
  for (const id of await readdir(tasks).catch(() => [])) {
    const pid = Number(await textOf(join(tasks, id, 'init.pid')));
    // Its process id may be another's by now.
    if (pid > 0 && (await textOf(`/proc/${pid}/cgroup`)).includes(id)) found.push(pid);
  }
  return found;
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}
