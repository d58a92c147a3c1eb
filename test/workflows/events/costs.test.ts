/** What telling business code costs an order, path by path: docs/architecture.md has it beside what the order costs by itself. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { PATHS } from '../../histories/paths.ts';
import { startReceiver, type TestReceiver } from '../../support/receiver.ts';
import { useStack, type Stage } from '../../support/stage.ts';

const DESIGN = new URL('../../../docs/architecture.md', import.meta.url);

/** What waits for minutes of proofs and deadlines: told as it was measured once. */
const SLOW = [
  'unauthorized',
  'cancelled-after-charging',
  'created-too-late',
  'refused-after-doubt',
];
const QUICK = Object.keys(PATHS).filter((name) => !SLOW.includes(name));

/** A look between two steps is more events, wherever a machine is slow enough for one: only these are about it. */
const LOOKED = ['paid-by-poll', 'authorized-by-poll', 'paid-elsewhere'];

/** What comes together, or does not, is one workflow task more or less; on a busy machine several. */
const ONE_TASK = 3;
/** What came too late on a busy machine, and was asked for again, is another path. */
const PLAYS = 3;

interface Row {
  /** Events of the history where business code is told. */
  readonly on: number;
}

async function told(): Promise<Record<string, Row>> {
  const lines = (await readFile(DESIGN, 'utf8')).split('\n');
  const rows = lines.flatMap((line) => {
    const [, name, on] = /^\| `([a-z-]+)` +\| +\d+ +\| +(\d+) +\|/.exec(line) ?? [];
    return name === undefined ? [] : [[name, { on: Number(on) }] as const];
  });
  return Object.fromEntries(rows);
}

describe('a path of which business code is told', { concurrency: 3 }, () => {
  const silent = useStack();
  const telling = useStack({ events: [] });
  const looking = useStack({ events: [], pollDelaysMs: [500] });
  let receiver: TestReceiver;
  before(async () => {
    receiver = await startReceiver();
    const { url, secret } = receiver;
    const receiving = { receiver: { url, secrets: [secret] } };
    await telling.startWorker(receiving);
    await looking.startWorker({ ...receiving, authorizationDelaysMs: [2_000, 2_000] });
  });
  after(async () => await receiver.stop());

  async function lengthOf({ stack }: Stage, name: string): Promise<number> {
    const out_order_no = (await PATHS[name]?.(stack)) ?? assert.fail(name);
    await stack.run(out_order_no).result();
    return (await stack.historyOf(out_order_no)).length;
  }

  it('costs nothing where nobody is told: a plain order has no more than 44', async () => {
    assert.ok((await lengthOf(silent, 'paid-by-callback')) <= 44);
  });

  // That they cost nothing where nobody is told is held by the recorded histories, which replay and are as long as the design says.
  for (const name of QUICK) {
    it(`costs what the design tells: ${name}`, async (t) => {
      const { on } = (await told())[name] ?? assert.fail(`the design does not tell ${name}`);
      const stage = LOOKED.includes(name) ? looking : telling;
      const played: number[] = [];
      const isTold = () =>
        played.some((events) => events <= on + ONE_TASK && events >= on - 3 * ONE_TASK);
      while (!isTold() && played.length < PLAYS) played.push(await lengthOf(stage, name));
      t.diagnostic(`${name}: ${played.join(', ')}`);
      assert.ok(isTold(), `${played.join(', ')} where it is told, not ${on}`);
    });
  }
});
