/** As much of `node:test` as the tests without a server use: theirs runs a test once, and here each is run for every mutant. */
import { mock } from 'node:test';

export interface Test {
  readonly title: string;
  readonly body: Body;
}

/** What a file registers while it is loaded, in order, and what ends it. */
export interface Registered {
  readonly tests: readonly Test[];
  end(): Promise<void>;
}

type Hook = () => unknown;
type Body = (t: { after(hook: Hook): void; readonly mock: typeof mock }) => unknown;

interface Suite {
  readonly titles: readonly string[];
  readonly hooks: Record<'before' | 'after' | 'beforeEach' | 'afterEach', Hook[]>;
  readonly outer: readonly Suite[];
}

/** @param load runs a file, given what it imports as `node:test` */
export function registeredBy(load: (nodeTest: object) => void): Registered {
  const tests: Test[] = [];
  const begun = new Set<Suite>();
  let suite = suiteIn();

  const hook = (kind: keyof Suite['hooks']) => (its: Hook) => void suite.hooks[kind].push(its);
  function describe(title: string, register: Hook): void {
    const outer = suite;
    suite = suiteIn(outer, title);
    register();
    suite = outer;
  }
  function test(title: string, body: Body): void {
    const { titles, outer } = suite;
    const suites = [...outer, suite];
    tests.push({
      title: [...titles, title].join(' '),
      async body(t) {
        for (const one of suites) {
          if (!begun.has(one)) await called(one.hooks.before);
          begun.add(one);
        }
        t.after(() => called(suites.toReversed().flatMap(({ hooks }) => hooks.afterEach)));
        await called(suites.flatMap(({ hooks }) => hooks.beforeEach));
        await body(t);
      },
    });
  }

  load({
    ...{ test, it: test, describe },
    ...{ before: hook('before'), after: hook('after') },
    ...{ beforeEach: hook('beforeEach'), afterEach: hook('afterEach') },
  });
  return { tests, end: () => called([...begun].reverse().flatMap(({ hooks }) => hooks.after)) };
}

function suiteIn(outer?: Suite, title?: string): Suite {
  return {
    titles: [...(outer?.titles ?? []), ...(title === undefined ? [] : [title])],
    hooks: { before: [], after: [], beforeEach: [], afterEach: [] },
    outer: outer ? [...outer.outer, outer] : [],
  };
}

async function called(hooks: readonly Hook[]): Promise<void> {
  for (const hook of hooks) await hook();
}

let fail: ((error: unknown) => void) | undefined;

/** What is thrown where nobody waits for it fails the test of that moment. */
export function catchStrays(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => fail?.(error));
  }
}

/** @returns why the test fails, or undefined */
export async function failureOf(body: Body): Promise<unknown> {
  const hooks: Hook[] = [];
  const stray = new Promise((_, reject) => (fail = reject));
  try {
    await Promise.race([body({ after: (hook) => void hooks.push(hook), mock }), stray]);
    await called(hooks.splice(0));
    return undefined;
  } catch (error) {
    await called(hooks).catch(() => undefined);
    return error ?? new Error('nothing was thrown as an error');
  } finally {
    fail = undefined;
    mock.reset();
  }
}
