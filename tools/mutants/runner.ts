/**
 * The tests again and again in one process, for a mutant of the sources each time: a process for each would take a day.
 * A file is loaded anew for every mutant, so that what a module does while it is loaded is judged as all else is.
 */
import { chmod, mkdir } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CoverageData } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { configureGlobal } from 'fast-check';
import { testFiles, type TestFile } from './files.ts';
import { catchStrays, failureOf } from './node-test.ts';

/** What the mutated code looks at. Each run of a file has its own, and what goes on after its end keeps to that. */
interface Run {
  readonly activeMutant?: string;
  readonly hitLimit?: number | undefined;
  hitCount?: number;
  currentTestId?: string;
  mutantCoverage: { static: CoverageData; perTest: Record<string, CoverageData> };
}

/** Before Stryker ends the process: another one needs seconds to begin. */
const EARLIER_MS = 500;

export function createRunner(): TestRunner {
  const tookMs = new Map<string, number>();
  let files: readonly TestFile[] = [];

  return {
    capabilities: () => ({ reloadEnvironment: true }),

    async init() {
      // Stryker's folder is ours alone, and a test reads as somebody else.
      await chmod('.', 0o755);
      // What a process that was ended leaves behind is deleted with the folder.
      process.env['TMPDIR'] = resolve('.local/tmp');
      await mkdir(process.env['TMPDIR'], { recursive: true });
      process.setMaxListeners(0); // a file may wait for the end of its process, and is loaded again and again
      catchStrays();
      // The same cases for every mutant, and no search for the smallest that fails.
      configureGlobal({ seed: 1, endOnFailure: true });
      files = await testFiles(process.cwd());
    },

    async dryRun(): Promise<DryRunResult> {
      const tests: TestResult[] = [];
      const perTest: Record<string, CoverageData> = {};
      for (const file of files) {
        const run = begin({});
        const results = await play(file, run, () => true);
        tests.push(...results);
        const { static: loading, perTest: covered } = run.mutantCoverage;
        for (const { id } of results) perTest[id] = sum(loading, covered[id] ?? {});
      }
      return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
    },

    mutantRun: (options) =>
      Promise.race([
        judge(options),
        sleep(options.timeout - EARLIER_MS, { status: MutantRunStatus.Timeout } as const),
      ]),
  };

  async function judge(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, sandboxFileName, testFilter = [] } = options;
    const covering = new Set(testFilter);
    const tests: TestResult[] = [];
    for (const file of inOrder(relative('.', sandboxFileName))) {
      if (!testFilter.some((id) => id.startsWith(file.path))) continue;
      const run = begin({ activeMutant: activeMutant.id, hitLimit, hitCount: 0 });
      const results = await play(file, run, (id) => covering.has(id));
      const endless = determineHitLimitReached(run.hitCount, hitLimit);
      if (endless) return { ...endless, status: MutantRunStatus.Timeout };
      tests.push(...results);
      if (results.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests });
  }

  /** The test of the source's own name first, then what is quick: most mutants are noticed by then. */
  function inOrder(source: string): TestFile[] {
    const name = basename(source, '.ts');
    const rank = ({ path }: TestFile) =>
      basename(path, '.test.ts') === name ? -1 : (tookMs.get(path) ?? 0);
    return files.toSorted((a, b) => rank(a) - rank(b));
  }

  /** The chosen tests of a file, until one fails. */
  async function play(
    file: TestFile,
    run: Run,
    isChosen: (id: string) => boolean,
  ): Promise<TestResult[]> {
    const results: TestResult[] = [];
    const began = performance.now();
    const result = (id: string, from: number, failure: unknown): TestResult => {
      const timeSpentMs = Math.ceil(performance.now() - from);
      const common = { id, name: id, fileName: resolve(file.path), timeSpentMs };
      if (failure === undefined) return { ...common, status: TestStatus.Success };
      return { ...common, status: TestStatus.Failed, failureMessage: textOf(failure) };
    };
    try {
      const { tests, end } = file.load();
      for (const { title, body } of tests) {
        const id = `${file.path} ${title}`;
        if (!isChosen(id)) continue;
        const from = performance.now();
        run.currentTestId = id;
        const failure = await failureOf(body);
        delete run.currentTestId;
        results.push(result(id, from, failure));
        if (failure !== undefined) break;
      }
      await end();
    } catch (error) {
      return [result(`${file.path} is loaded`, began, error)];
    }
    tookMs.set(file.path, performance.now() - began);
    return results;
  }
}

function begin(how: Omit<Run, 'mutantCoverage'>): Run {
  const run: Run = { ...how, mutantCoverage: { static: {}, perTest: {} } };
  Object.assign(globalThis, { __stryker__: run });
  return run;
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

function sum(some: CoverageData, others: CoverageData): CoverageData {
  const both = { ...some };
  for (const [id, hits] of Object.entries(others)) both[id] = (both[id] ?? 0) + hits;
  return both;
}
