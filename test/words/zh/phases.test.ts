/** A phase has one name in Chinese, wherever it is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHASES } from '../../../payscore/rules/phase.ts';
import { zh } from '../../../simulator/page/sentences/zh.ts';
import { ZH } from '../../../words/zh.ts';

test('the simulator’s page calls the phases as the web UI does', () => {
  for (const phase of PHASES) assert.equal(`${zh.phases[phase]} ${phase}`, ZH.order.phase(phase));
});
