/** The links into Temporal's web UI name the workflows as they are called. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksOf } from '../../simulator/merchant/links.ts';
import { eventsWorkflowIdOf, workflowIdOf } from '../../workflows/contract.ts';

const SETTING = { api: 'http://127.0.0.1:3000', temporalUi: 'http://127.0.0.1:8233/namespaces/n' };

test('an order’s links lead to its workflow, its events and the API', () => {
  const { workflow, events, api } = linksOf(SETTING, '1900', 'A-1');
  const page = (id: string) => `${SETTING.temporalUi}/workflows/${encodeURIComponent(id)}`;
  assert.equal(workflow, page(workflowIdOf('1900', 'A-1')));
  assert.equal(events, page(eventsWorkflowIdOf('1900', 'A-1')));
  assert.equal(api, 'http://127.0.0.1:3000/v1/service-orders/A-1');
});

test('without a web UI there are none into it', () => {
  assert.deepEqual(Object.keys(linksOf({ api: SETTING.api }, '1900', 'A-1')), ['api']);
});
