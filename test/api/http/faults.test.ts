/** What is wrong with what was sent, in the language of whoever is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { readBy } from '../../../api/http/faults.ts';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import { EN } from '../../../words/en.ts';
import { ZH } from '../../../words/zh.ts';

const Shape = z.strictObject({
  name: z.string().max(3),
  state: z.enum(['on', 'off']),
  amount: z.int('must be a whole number of fen').min(0, 'must not be negative'),
});

/** What was sent, where the fault is, and how it is told. */
const FAULTS: Readonly<Record<string, readonly [object, string, english: string, RegExp]>> = {
  'a field that is missing': [
    ...([{ name: undefined }, '/name', 'is missing'] as const),
    /^缺少此字段$/,
  ],
  'a field that nobody knows': [
    ...([{ surprise: 1 }, '/surprise', 'is not a field of this request'] as const),
    /^此请求没有该字段$/,
  ],
  'a rule of the schema’s own': [
    ...([{ amount: -1 }, '/amount', 'must not be negative'] as const),
    /^不能为负数$/,
  ],
  'a type': [
    ...([{ name: 7 }, '/name', 'Invalid input: expected string, received number'] as const),
    /^无效输入.*string/,
  ],
  'a length': [
    ...([{ name: 'four' }, '/name', 'Too big: expected string to have <=3 characters'] as const),
    /^数值过大.*3/,
  ],
  'a choice': [
    ...([{ state: 'broken' }, '/state', 'Invalid option: expected one of "on"|"off"'] as const),
    /^无效选项.*"on"/,
  ],
};

function faultsIn(sent: unknown, schema: z.ZodType = Shape) {
  const read = readBy(schema, sent);
  return 'faults' in read ? read.faults : [];
}

describe('a fault', () => {
  for (const [what, [change, pointer, english, chinese]] of Object.entries(FAULTS)) {
    it(`is told in both languages: ${what}`, () => {
      const faults = faultsIn({ name: 'abc', state: 'on', amount: 1, ...change });
      assert.deepEqual(
        faults.map((fault) => fault.pointer),
        [pointer],
      );
      assert.equal(faults[0]?.detail(EN), english);
      assert.match(faults[0]?.detail(ZH) ?? '', chinese);
    });
  }

  it('has Chinese wherever a body may have one', () => {
    const bodies = [null, [], 'text', {}, ...[null, 7, '', [], {}, '\u202e', -1].map(everywhere)];
    for (const body of bodies) {
      const faults = faultsIn(body, OpenServiceOrder);
      assert.notEqual(faults.length, 0);
      for (const { detail } of faults) assert.match(detail(ZH), /\p{Script=Han}/u);
    }
  });
});

function everywhere(value: unknown): object {
  return Object.fromEntries(Object.keys(OpenServiceOrder.shape).map((name) => [name, value]));
}
