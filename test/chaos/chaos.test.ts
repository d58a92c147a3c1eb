/** A short chaos run: orders on random paths, every fault, every kind of kill, judged by WeChat Pay's ledger. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runChaos } from './chaos.ts';
import { KILLS } from './kills.ts';
import { SEEDS, settingsFor } from './seeds.ts';
import { tableOf } from './table.ts';

describe('a chaos run', () => {
  for (const known of SEEDS) {
    it(`ends without a disagreement: ${known.because}`, async (t) => {
      const { world, ...result } = await runChaos(settingsFor(known), (line) => t.diagnostic(line));
      const table = tableOf(result);
      t.diagnostic(table);
      assert.equal(result.disagreements.length, 0, `${table}\nevidence: ${world.folder}`);
      if (known.killEverySeconds > 0) {
        for (const kill of KILLS) assert.ok(result.kills[kill] > 0, `no kill of ${kill}`);
      }
      await world.forget();
    });
  }
});
