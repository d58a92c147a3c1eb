/** `/v1/events/{id}/resend`: an event that business code wants again, or now. */
import { Router } from 'express';
import type { Admit } from '../admission/admission.ts';
import { NoBody, parseBody } from '../http/body.ts';
import { deadlines } from '../http/deadline.ts';
import { Problem } from '../http/problems.ts';
import { reading } from '../http/temporal-problems.ts';
import { eventIdIn } from '../../payscore/events/lane.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Temporal } from '../../temporal/client.ts';
import { heldEvent, resend, type Held } from '../../temporal/events.ts';
import { retentionMs } from '../../temporal/retention.ts';

export function eventRoutes(temporal: Temporal, admit: Admit): Router {
  const router = Router();
  router.post('/events/:id/resend', async (request, response) => {
    parseBody(NoBody, request.body);
    const { id } = request.params;
    const known = eventIdIn(id);
    if (!known) {
      throw new Problem('no-such-event', {
        detail: ({ problems }) => problems.resending.notAnId,
      });
    }
    const { all } = deadlines(temporal);
    await admit('read', () =>
      reading(temporal, all, async () => {
        const held = await heldEvent(temporal, known.lane, id);
        if (!held?.event) throw await noLongerHeld(temporal, held);
        await resend(temporal, known.lane, held.event);
      }),
    );
    response.status(202).json({ id });
  });
  return router;
}

/** Since when what happened is still held. */
async function noLongerHeld({ client }: Temporal, held: Held | undefined): Promise<Problem> {
  const { since: heldSince } = held ?? {};
  if (heldSince !== undefined) {
    return new Problem('no-such-event', {
      detail: ({ problems }) => problems.resending.heldSince(heldSince),
    });
  }
  const kept = await retentionMs(client.connection, client.options.namespace);
  const since = rfc3339Of(new Date(Date.now() - kept));
  return new Problem('no-such-event', {
    detail: ({ problems }) => problems.resending.noneHeld(since),
  });
}
