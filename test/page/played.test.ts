/** Every story of the page, told to its end before the whole product; `test/browser/` looks on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { ask } from './asked.ts';
import { startPageStage, type PageStage } from './stage.ts';

const STORIES = [
  ...['plain', 'first-time', 'lost-callback', 'cut-answer', 'crossing', 'morning'],
] as const;
const OVER_MS = 60_000;

describe('a story of the page', () => {
  let stage: PageStage;
  before(async () => void (stage = await startPageStage()));
  after(async () => await stage?.stop());

  for (const name of STORIES) {
    it(`comes to its end, and leaves nothing behind: ${name}`, async () => {
      const { status } = await ask(stage.url, { method: 'POST', path: `/stories/${name}` });
      assert.equal(status, 303);
      const told = await eventually(
        `${name} is over`,
        async () => {
          const { text } = await ask(stage.url, { path: '/stories?lang=en' });
          return text.includes('class="told over"') && text;
        },
        OVER_MS,
      );
      assert.match(told, /Shown: /, told);
      const { faults, notification_faults } = await stage.stack.people.faults();
      assert.deepEqual([faults, notification_faults], [[], []]);
      assert.ok(Math.abs(stage.stack.simulator.clock.now() - Date.now()) < 2_000);
    });
  }
});
