/** What the web UI's own buttons would do to an order: they know nothing of WeChat Pay. */
import type { Phase } from '../../payscore/rules/phase.ts';

const LEFT_ALONE: Readonly<Partial<Record<Phase, string>>> = {
  authorizing: 'the user may authorise, and gets no order.',
  creating: 'WeChat Pay may create the order all the same, and nobody knows.',
  in_service: 'the order goes on at WeChat Pay, and nobody can complete it here.',
  paying: 'WeChat Pay goes on charging, and nobody looks.',
};

export const buttons = {
  reset:
    '_Reset_ repeats our record from an earlier moment; what WeChat Pay has done stays done. It mends nothing.',
  likeThis: '_Start Workflow Like This One_ makes a second record of the same order.',
  cancel:
    '_Request Cancellation_ does nothing: it does not cancel an order. The update `cancel` does.',
  terminate: (phase: Phase) =>
    `_Terminate_ ends our record only: ${LEFT_ALONE[phase] ?? ''} If it was pressed, \`POST …/adopt\` takes the order up again.`,
};
