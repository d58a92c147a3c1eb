/** Everything that happens to an order is told in words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../payscore/order/fact.ts';
import { saidIn, type Happening } from '../../../payscore/order/timeline.ts';
import { EN } from '../../../words/en.ts';
import { plain, refusal as wechatRefusal } from '../../payscore/order/orders.ts';

type Of<Code extends Happening['code']> = Extract<Happening, { code: Code }>;

const because = failure('no answer');
const refusal = saidIn(wechatRefusal);
const SAID = 'INVALID_REQUEST 综合评估不通过, 08F1-271300099';

/** Of each code what may happen, with the words for it: one that is missing here is an error of types. */
const WORDED: {
  readonly [Code in Happening['code']]: readonly (readonly [Of<Code>, string])[];
} = {
  opened: [[{ code: 'opened' }, 'opened']],
  taken_up: [[{ code: 'taken_up' }, 'taken up from WeChat Pay']],
  taken_up_again: [
    [{ code: 'taken_up_again' }, 'taken up again: WeChat Pay is asked before anything is done'],
  ],
  answer_too_late: [[{ code: 'answer_too_late' }, 'an answer came too late']],
  invited: [[{ code: 'invited' }, 'the user is invited to authorise']],
  invitation_renewed: [[{ code: 'invitation_renewed' }, 'the invitation to authorise was renewed']],
  refunded: [[{ code: 'refunded', amount: 300 }, '300 fen are back with the user']],
  settled: [
    [{ code: 'settled', amount: 300 }, '300 fen were paid back otherwise'],
    [{ code: 'settled', amount: 300, by: 'desk' }, '300 fen were paid back otherwise, says desk'],
  ],
  withdrawn: [[{ code: 'withdrawn' }, 'cancelled before it was created']],
  given_up: [[{ code: 'given_up', because }, 'given up: no answer']],
  ended: [
    [{ code: 'ended', phase: 'rejected', because }, 'rejected: no answer'],
    [{ code: 'ended', phase: 'rejected', because, refusal }, `rejected: no answer (${SAID})`],
  ],
  never_opened: [[{ code: 'never_opened', because }, 'not created: no answer']],
  permission: [
    [{ code: 'permission', authorization_state: 'UNAVAILABLE' }, 'permission: UNAVAILABLE'],
  ],
  permission_given_later: [
    [
      { code: 'permission_given_later' },
      'permission: AVAILABLE, of an authorisation after the user was last here',
    ],
  ],
  permission_for_nobody: [
    [
      { code: 'permission_for_nobody', awaitedAt: '2026-10-01T04:00:00.000Z' },
      'permission: AVAILABLE, found too late: somebody last waited at 2026-10-01T12:00:00+08:00',
    ],
  ],
  to_be_asked: [[{ code: 'to_be_asked', because }, 'WeChat Pay is to be asked: no answer']],
  told: [
    [
      { code: 'told', by: 'query', standing: 'DOING / USER_CONFIRM' },
      'query: DOING / USER_CONFIRM',
    ],
    [
      { code: 'told', by: 'notification', standing: 'DONE', aside: 'unclear' },
      'notification: DONE (unclear, not believed)',
    ],
    [
      { code: 'told', by: 'complete', standing: 'DONE', aside: 'only_a_query_settles' },
      'complete: DONE (settled only by a query)',
    ],
    [
      { code: 'told', by: 'query', standing: 'DOING', aside: 'older' },
      'query: DOING (older than what is known)',
    ],
    [
      { code: 'told', by: 'create', standing: 'DOING', aside: 'unwanted' },
      'create: DOING (not wanted any more)',
    ],
  ],
  total_raised: [
    [
      { code: 'total_raised', total_amount: 800, agreed: 300 },
      'query: it tells a total of 800 fen, above the 300 fen that it had said yes to (asked again)',
    ],
  ],
  asked_for: [
    [{ code: 'asked_for', operation: 'cancel' }, 'cancel asked for'],
    [{ code: 'asked_for', operation: 'complete', total: 800 }, 'complete asked for: 800 fen'],
    [{ code: 'asked_for', operation: 'complete', total: 0 }, 'complete asked for: 0 fen'],
  ],
  declined: [
    [{ code: 'declined', operation: 'complete', because }, 'complete declined: no answer'],
  ],
  not_carried_out: [
    [
      { code: 'not_carried_out', operation: 'cancel', because },
      'cancel not carried out: no answer',
    ],
  ],
  refused: [
    [
      { code: 'refused', operation: 'complete', refusal },
      'complete refused: INVALID_REQUEST 综合评估不通过 (08F1-271300099)',
    ],
  ],
  trouble: [
    [{ code: 'trouble', trouble: 'overdue' }, 'trouble: overdue'],
    [{ code: 'trouble', trouble: 'unresolved', because }, 'trouble: unresolved (no answer)'],
    [
      { code: 'trouble', trouble: 'misconfigured', because, refusal },
      `trouble: misconfigured (${SAID})`,
    ],
  ],
};

for (const [code, samples] of Object.entries<readonly (readonly [Happening, string])[]>(WORDED)) {
  test(`'${code}' is told in words, also after it was carried through Temporal`, () => {
    assert.ok(samples.length > 0);
    for (const [event, words] of samples) {
      assert.equal(event.code, code);
      assert.equal(EN.happening(event), words);
      assert.equal(EN.happening(plain(event)), words);
    }
  });
}

test('what happens in a later release is told by its code', () => {
  const later = { code: 'struck_by_lightning' } as unknown as Happening;
  assert.equal(EN.happening(later), 'struck_by_lightning');
});

test('a sentence that an order of an earlier release kept is told as it is', () => {
  assert.equal(EN.happening('opened' as never), 'opened');
});
