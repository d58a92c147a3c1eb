/** Batches as JavaScript, compiled once for all: to load each source through a loader costs a process more than two seconds. */
import { readFile, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { ROOT } from '../local/stack/settings.ts';

/** @returns the modules that run instead of these, in the same order */
export async function compiled(modules: readonly string[], folder: string): Promise<string[]> {
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const outdir = join(folder, 'compiled');
  await build({
    entryPoints: [...modules],
    bundle: true,
    // What several batches load is compiled once, and is one module in each process however it is reached.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    outdir,
    outbase: folder,
    outExtension: { '.js': '.mjs' },
    plugins: [staysWhereItWas],
    logLevel: 'warning',
  });
  return modules.map((path) => join(outdir, basename(path)));
}

/** In pieces, because this file is compiled by itself where it is tested. */
export const OWN_URL = ['import', 'meta', 'url'].join('.');

/** Sources find their files beside themselves. */
const staysWhereItWas: Plugin = {
  name: 'own-url',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      return { loader: 'ts', contents: text.replaceAll(OWN_URL, url) };
    });
  },
};
