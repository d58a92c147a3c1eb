/** Programs built from Go modules, with the versions that their own go.mod pins. */
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../commands.ts';

export interface Program {
  /** The folder of its module, and its package there. */
  readonly source: string;
  readonly package: string;
  readonly output: string;
  /** Variables of the program to set, by their full names. */
  readonly variables?: Readonly<Record<string, string>>;
}

export const PINNED_MODULES = fileURLToPath(new URL('../../temporal', import.meta.url));

const REFUSED = /(\S+)@(v\S+): reading \S+: (?:403|404|410) /;

/** Works with a module's sources in a folder of their own. */
export async function withGoModule(
  module: string,
  version: string,
  work: (source: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-go-'));
  try {
    const archive = await download(module, version);
    await run('python3', ['-m', 'zipfile', '-e', archive, folder]);
    const source = join(folder, `${module}@v${version}`);
    await acceptOlderPatch(source);
    await work(source);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Static, so that it runs on any Linux, and without symbols, as official images have them. */
export async function buildGoProgram(program: Program): Promise<void> {
  const { source, output, variables = {} } = program;
  const set = Object.entries(variables).map(([name, value]) => ` -X ${name}=${value}`);
  const flags = ['-trimpath', '-ldflags', `-s -w${set.join('')}`, '-o', output];
  const replaced = new Set<string>();
  for (;;) {
    try {
      await go(['build', ...flags, program.package], source);
      return;
    } catch (error) {
      const module = await replacePin(source, (error as Error).message);
      if (module === undefined || replaced.has(module)) throw error;
      replaced.add(module);
    }
  }
}

/** The archive of a module that Go has downloaded and verified, also where it then finds itself too old for it. */
async function download(module: string, version: string): Promise<string> {
  const failure = await go(['mod', 'download', `${module}@v${version}`]).then(
    () => undefined,
    (error: Error) => error,
  );
  const cache = (await go(['env', 'GOMODCACHE'])).trim();
  const archive = join(cache, 'cache/download', module, `@v/v${version}.zip`);
  await access(archive).catch((error: Error) => {
    throw failure ?? error;
  });
  return archive;
}

/** A module may ask for a newer patch of Go than this machine has; the language is that of the minor version. */
async function acceptOlderPatch(source: string): Promise<void> {
  const file = join(source, 'go.mod');
  const asked = /^go (\d+\.\d+)\.(\d+)$/m.exec(await readFile(file, 'utf8'));
  const here = /^go(\d+\.\d+)\.(\d+)/.exec(await go(['env', 'GOVERSION']));
  if (asked?.[1] !== here?.[1] || Number(asked?.[2]) <= Number(here?.[2])) return;
  await go(['mod', 'edit', `-go=${here?.[1]}.${here?.[2]}`, file]);
}

/**
 * Where the module proxy does not serve a version that is pinned, tools/temporal/go.mod may know one that it does.
 * @returns the module
 */
async function replacePin(source: string, failure: string): Promise<string | undefined> {
  const [, module, refused] = REFUSED.exec(failure) ?? [];
  if (module === undefined) return undefined;
  const served = await pinnedVersion(module);
  if (served === undefined || served === refused) return undefined;
  await go(['mod', 'edit', `-replace=${module}@${refused}=${module}@${served}`], source);
  await go(['mod', 'download', module], source); // its checksum, too
  return module;
}

/** What tools/temporal/go.mod says of a module, such as `v1.2.3`. */
export async function pinnedVersion(module: string): Promise<string | undefined> {
  const lines = (await readFile(join(PINNED_MODULES, 'go.mod'), 'utf8')).split('\n');
  return lines.find((line) => line.startsWith(`\t${module} v`))?.split(' ')[1];
}

async function go(args: readonly string[], cwd = tmpdir()): Promise<string> {
  return await run('env', ['CGO_ENABLED=0', 'go', ...args], { cwd });
}
