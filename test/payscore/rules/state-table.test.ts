/**
 * Every cell of the state table: what each thing that WeChat can say about an order means for each operation. Written
 * down from the reference (5.4, 6 to 9) and the design (2, 4), by the lines of state-table.ts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectOfOperation } from '../../../payscore/rules/effect-of-operation.ts';
import { effectOfCreation } from '../../../payscore/rules/effect-of-creation.ts';
import { ASKED_OPERATIONS, type AskedOperation } from '../../../payscore/order/operation-name.ts';
import type { WechatPhase } from '../../../payscore/rules/phase.ts';
import { decide } from '../../../payscore/rules/decide.ts';
import { orderFactsOf, viewOf } from '../../../payscore/order/view.ts';
import type { ServiceOrder } from '../../../schemas/service-order.ts';
import { after, opening, orderIn, plain, requests, said } from '../order/orders.ts';
import { combinations, linesOf, standingOf, TABLE, type Combination } from './state-table.ts';

type Line = (typeof TABLE)[number];

/** With a total of 800, of 0, and where WeChat names none. */
type ByTotal = Readonly<Record<'some' | 'zero' | 'absent', string>>;
type Cell = string | ByTotal;

/** What is known of a call whose outcome is in question; 800 is what complete asked for, 300 what modify did. */
const EFFECTS: Readonly<Record<WechatPhase, Readonly<Record<AskedOperation, Cell>>>> = {
  in_service: {
    complete: 'not_applied',
    // cannot have been asked of it: WeChat's account is older than the completion
    modify: 'unclear',
    cancel: 'not_applied',
    sync: 'unclear',
  },
  paying: {
    complete: { some: 'applied', zero: 'impossible', absent: 'unclear' },
    // sent again, it would raise what was lowered meanwhile
    modify: { some: 'not_applied', zero: 'impossible', absent: 'unclear' },
    cancel: 'not_applied',
    sync: 'not_applied',
  },
  paid: {
    complete: { some: 'applied', zero: 'impossible', absent: 'unclear' },
    modify: { some: 'impossible', zero: 'impossible', absent: 'unclear' },
    cancel: 'impossible',
    sync: 'impossible',
  },
  paid_elsewhere: {
    complete: { some: 'applied', zero: 'impossible', absent: 'unclear' },
    modify: { some: 'impossible', zero: 'impossible', absent: 'unclear' },
    cancel: 'impossible',
    sync: 'applied',
  },
  free: {
    complete: 'impossible',
    modify: 'impossible',
    cancel: 'impossible',
    sync: 'impossible',
  },
  cancelled: {
    complete: 'impossible',
    modify: 'impossible',
    cancel: 'applied',
    sync: 'impossible',
  },
};

/** Where the totals are the ones that were asked for: 0 in both. */
const WITH_NOTHING_TO_PAY: typeof EFFECTS = {
  ...EFFECTS,
  paying: {
    ...EFFECTS.paying,
    complete: { some: 'impossible', zero: 'applied', absent: 'unclear' },
    modify: { some: 'not_applied', zero: 'applied', absent: 'unclear' },
  },
  paid: {
    ...EFFECTS.paid,
    complete: { some: 'impossible', zero: 'applied', absent: 'unclear' },
    modify: { some: 'impossible', zero: 'applied', absent: 'unclear' },
  },
  paid_elsewhere: {
    ...EFFECTS.paid_elsewhere,
    complete: { some: 'impossible', zero: 'applied', absent: 'unclear' },
    modify: { some: 'impossible', zero: 'applied', absent: 'unclear' },
  },
  free: { ...EFFECTS.free, complete: 'applied', modify: 'applied' },
};

/** What may be asked of an order that was in service, and of which a query then says this. */
const DECISIONS: typeof EFFECTS = {
  in_service: { complete: 'go', modify: 'not_allowed', cancel: 'go', sync: 'not_allowed' },
  paying: {
    complete: { some: 'done', zero: 'not_allowed', absent: 'not_allowed' },
    // only downwards
    modify: { some: 'go', zero: 'not_allowed', absent: 'go' },
    cancel: 'go',
    sync: 'go',
  },
  paid: {
    complete: { some: 'done', zero: 'not_allowed', absent: 'not_allowed' },
    modify: 'not_allowed',
    cancel: 'not_allowed',
    sync: 'not_allowed',
  },
  paid_elsewhere: {
    complete: { some: 'done', zero: 'not_allowed', absent: 'not_allowed' },
    modify: 'not_allowed',
    cancel: 'not_allowed',
    sync: 'done',
  },
  free: {
    complete: 'not_allowed',
    modify: 'not_allowed',
    cancel: 'not_allowed',
    sync: 'not_allowed',
  },
  cancelled: {
    complete: 'not_allowed',
    modify: 'not_allowed',
    cancel: 'done',
    sync: 'not_allowed',
  },
};

const ASKED = { complete: 800, modify: 300, cancel: undefined, sync: undefined } as const;

/** As Temporal carries it: what is undefined is left out. */
const accountOf = (combination: Combination) =>
  plain({ ...said('in_service'), ...standingOf(combination) }) as ServiceOrder;
const cellOf = (cell: Cell, [, , , total]: Combination) =>
  typeof cell === 'string' ? cell : cell[total as keyof ByTotal];
const wordsOf = (cell: Cell) =>
  typeof cell === 'string'
    ? cell
    : `${cell.some} with a total of 800, ${cell.zero} with 0, ${cell.absent} without`;
const meantBy = (line: Line) => combinations.filter((it) => linesOf(it)[0] === line);
const unclear = combinations.filter((it) => linesOf(it).length === 0);

function effectOn(operation: AskedOperation, total_amount: number | undefined, of: Combination) {
  const call = { operation, body: { total_amount } };
  return effectOfOperation(orderIn('in_service'), call, accountOf(of)).kind;
}

function decisionOn(operation: AskedOperation, of: Combination) {
  const account = { kind: 'observed', by: 'query', serviceOrder: accountOf(of) } as const;
  const order = after(orderIn('in_service'), account);
  const request = requests[operation] as never;
  return decide(orderFactsOf(viewOf(order)), { operation, request, digest: operation }).kind;
}

for (const line of TABLE) {
  const [state, description, collection, total, phase] = line;
  const place = `${state} / ${description} / ${collection} / total ${total}`;

  test(`an order that is ${place} was created`, () => {
    for (const it of meantBy(line)) {
      assert.equal(effectOfCreation(opening, accountOf(it), 'shown').kind, 'applied', String(it));
    }
  });

  for (const operation of ASKED_OPERATIONS) {
    const effect = EFFECTS[phase][operation];
    test(`that ${operation} was sent, and the order is ${place}: ${wordsOf(effect)}`, () => {
      for (const it of meantBy(line)) {
        const kind = effectOn(operation, ASKED[operation], it);
        assert.equal(kind, cellOf(effect, it), String(it));
      }
    });

    const nothing = WITH_NOTHING_TO_PAY[phase][operation];
    test(`that ${operation} was sent with nothing to pay, and the order is ${place}: ${wordsOf(nothing)}`, () => {
      for (const it of meantBy(line)) {
        assert.equal(effectOn(operation, 0, it), cellOf(nothing, it), String(it));
      }
    });

    const decision = DECISIONS[phase][operation];
    test(`to ${operation} an order that is ${place}: ${wordsOf(decision)}`, () => {
      for (const it of meantBy(line)) {
        assert.equal(decisionOn(operation, it), cellOf(decision, it), String(it));
      }
    });
  }
}

const isCreated = ([state]: Combination) => state === 'CREATED';

test('an order in CREATED was created in the wrong mode; of any other unclear one nobody knows', () => {
  for (const it of unclear) {
    const { kind } = effectOfCreation(opening, accountOf(it), 'shown');
    assert.equal(kind, isCreated(it) ? 'unwanted' : 'unclear', String(it));
  }
});

for (const operation of ASKED_OPERATIONS) {
  test(`what is unclear decides nothing about ${operation}, but that an order in CREATED is not cancelled`, () => {
    for (const it of unclear) {
      const isKnown = operation === 'cancel' && isCreated(it);
      for (const total of [0, 300, 800]) {
        const kind = effectOn(operation, total, it);
        assert.equal(kind, isKnown ? 'not_applied' : 'unclear', String(it));
      }
    }
  });

  test(`what is unclear does not change whether an order in service may be asked to ${operation}`, () => {
    for (const it of unclear) {
      assert.equal(decisionOn(operation, it), DECISIONS.in_service[operation], String(it));
    }
  });
}

test('every combination is a cell of each operation', () => {
  const inLines = TABLE.flatMap((line) => meantBy(line));
  assert.equal(inLines.length + unclear.length, 7 * 4 * 11 * 3);
});
