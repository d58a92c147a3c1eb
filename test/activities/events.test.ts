/** What an operator reads of an event that is not delivered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createEventActivities } from '../../activities/events.ts';
import type { WorkersTemporal } from '../../temporal/client.ts';
import { wordsIn } from '../../words/catalogue.ts';
import { LANGUAGES } from '../../words/language.ts';

for (const language of LANGUAGES) {
  test(`a worker without a receiver says so in ${language}, and goes on trying`, async () => {
    const words = wordsIn(language);
    const { deliverEvent } = createEventActivities({
      ...({ words } as WorkersTemporal),
      sender: undefined,
    });
    const failure = await new MockActivityEnvironment()
      .run(() => deliverEvent({} as never))
      .catch((error: unknown) => error);
    assert.ok(failure instanceof ApplicationFailure, String(failure));
    assert.equal(failure.message, words.events.noReceiver);
    assert.equal(failure.nonRetryable, false);
  });
}
