/** Packages of the npm registry, as files. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../commands.ts';

/** Lays the content of a package into a new folder. */
export async function unpackNpmPackage(specifier: string, folder: string): Promise<void> {
  // Outside of the repository, whose .npmrc is not about this.
  const archives = await mkdtemp(join(tmpdir(), 'payscore-npm-'));
  try {
    const archive = await run('npm', ['pack', '--silent', specifier], { cwd: archives });
    await mkdir(folder, { recursive: true });
    const from = join(archives, archive.trim().split('\n').at(-1) ?? '');
    await run('tar', ['-xzf', from, '-C', folder, '--strip-components=1', '--no-same-owner']);
  } finally {
    await rm(archives, { recursive: true, force: true });
  }
}

/** All that the registry has of one package, the oldest first. */
export async function npmVersions(name: string): Promise<string[]> {
  const answer = await run('npm', ['view', name, 'versions', '--json'], { cwd: tmpdir() });
  return [JSON.parse(answer) as string | string[]].flat();
}
