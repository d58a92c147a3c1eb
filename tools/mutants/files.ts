/** The test files that need no server, each a script with its sources in it, to be run many times. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { registeredBy, type Registered } from './node-test.ts';

export interface TestFile {
  /** From the root: `test/payscore/rules/phase.test.ts`. */
  readonly path: string;
  /** Runs the file, and everything that it imports, from its first line. */
  load(): Registered;
}

/** By folder of the sources: where its rules are tested without a server. */
const TESTS: Readonly<Record<string, RegExp>> = {
  payscore: /^payscore\//,
  reconciliation: /^reconciliation\//,
  // The longest wait is a number, which no mutant changes, and would be waited for by each of them.
  // `config/temporal` awaits while it is loaded, which a script cannot.
  wechatpay: /^(wechatpay\/(?!answer-timeout)|config\/(?!temporal))/,
  workflows: /^workflows\/(contract|details\/(?!troubles))/,
};

/** @param root where Stryker has put the sources, with all the mutants in them */
export async function testFiles(root: string): Promise<TestFile[]> {
  const all = (await readdir(resolve(root, 'test'), { recursive: true }))
    .filter((path) => path.endsWith('.test.ts'))
    .toSorted();
  const files = Object.entries(TESTS).map(
    async ([folder, fits]) =>
      await judging(
        root,
        folder,
        all.filter((path) => fits.test(path)),
      ),
  );
  return (await Promise.all(files)).flat();
}

async function judging(root: string, folder: string, paths: string[]): Promise<TestFile[]> {
  const { outputFiles } = await build({
    entryPoints: paths,
    absWorkingDir: resolve(root, 'test'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outdir: '.',
    outbase: '.',
    write: false,
    plugins: [loading(resolve(root, folder))],
    logLevel: 'error',
  });
  const codes = new Map(outputFiles.map(({ path, text }) => [path, text]));
  return paths.map((path) => {
    const file = resolve(root, 'test', path);
    return scriptOf(`test/${path}`, file, codes.get(file.replace(/\.ts$/, '.js')) ?? '');
  });
}

function scriptOf(path: string, file: string, code: string): TestFile {
  const script = compileFunction(code, ['require', 'module', 'exports'], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as (load: (name: string) => unknown, module: object, exports: object) => void;
  const loadPackage = createRequire(file);
  return {
    path,
    load: () =>
      registeredBy((nodeTest) =>
        script((name) => (name === 'node:test' ? nodeTest : loadPackage(name)), {}, {}),
      ),
  };
}

/**
 * A file is where it was, though its code is part of another's. And a folder is judged by the tests beside it, so that in all
 * other folders no mutant is alive: that somebody else would notice by accident is no rule of theirs.
 */
function loading(folder: string): Plugin {
  return {
    name: 'loading',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const code = (await readFile(path, 'utf8')).replaceAll(
          'import.meta.url',
          JSON.stringify(pathToFileURL(path).href),
        );
        const contents = path.startsWith(`${folder}/`)
          ? code
          : code.replaceAll('__stryker__', '__no_mutants__');
        return { contents, loader: 'ts' };
      });
    },
  };
}
