/** What the web UI's current details of an order say beside its phase and its troubles. Terms come as markdown. */
import { whyUnsent } from '../../payscore/refusals/refusal.ts';
import type { Phase } from '../../payscore/rules/phase.ts';
import type { Trouble } from '../../payscore/rules/trouble.ts';

export const order = {
  waitsFor: 'What it waits for',
  toDoNow: 'What to do now:',
  toDoOtherwise: 'What to do otherwise:',
  updates: 'Updates are sent by _More Actions → Send an Update_.',
  doNotPress: 'Do not press',
  happened: 'What happened, latest first',
  phase: (phase: Phase): string => phase,
  trouble: (trouble: Trouble): string => trouble,
  named: (trouble: Trouble) => `${trouble}:`,
  wechatSays: (facts: readonly string[]) => `**WeChat Pay says** ${facts.join(', ')}`,
  charged: (amount: string) => `charged ${amount}`,
  paidAt: (time: string) => `paid ${time}`,
  /** @param id undefined where there was none */
  lastRefused: (operation: string | undefined, code: string, message: string, id?: string) => {
    const what = operation ?? 'our call';
    const why = whyUnsent(message);
    return why === undefined
      ? `**WeChat Pay last refused** ${what}: ${code} “${message}”${id === undefined ? '' : `, Request-ID ${id}`}`
      : `**Not sent** ${what}: ${why}`;
  },
  why: (cause: string) => `Why: ${cause}`,
  helps: (action: string) => `What helps: ${action}`,
};
