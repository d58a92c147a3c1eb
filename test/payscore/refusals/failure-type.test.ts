/** What a failure means decides what an order does next; what nobody knows means that nothing is known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureTypeOf, REFUSED, UNACCEPTED } from '../../../payscore/refusals/failure-type.ts';

for (const type of [
  'Refused',
  'NotFound',
  'Unknown',
  'Throttled',
  'Misconfigured',
  'Unaccepted',
  'NotSent',
]) {
  test(`a failure of type ${type} is one`, () => {
    assert.equal(failureTypeOf(type), type);
  });
}

for (const type of [
  ...['', 'refused', 'Refused ', 'NotFoundError', 'Error', 'ApplicationFailure'],
  ...['length', '0', 'toString', '__proto__', undefined, null, 0, true, {}, ['Refused']],
]) {
  test(`of a failure of type ${JSON.stringify(type)} nothing is known`, () => {
    assert.equal(failureTypeOf(type), 'Unknown');
  });
}

test('asking again changes nothing where WeChat is proven to have refused', () => {
  assert.deepEqual(REFUSED, ['Refused', 'NotFound']);
});

test('only a person can change that WeChat does not take our calls', () => {
  assert.deepEqual(UNACCEPTED, ['Misconfigured', 'Unaccepted']);
});
