/** What business code was told about an order, by whichever answer. */
import type { Sighting } from './book.ts';
import type { Evidence } from './evidence.ts';
import { grouped } from './grouped.ts';
import { deedsOf } from './ledger.ts';

/** Views in answers to requests and in reads. */
export function tellingsOf({ entries, sightings }: Evidence): Sighting[] {
  const answers = entries
    .flatMap(({ replies }) => replies)
    .filter(({ body }) => typeof body?.phase === 'string')
    .map(({ at, body }) => ({ at, ...body }) as Sighting);
  return [...answers, ...sightings].toSorted((a, b) => a.at - b.at);
}

/**
 * What reads told one after the other, the last of all included. A run that was taken back tells anew what it told
 * before; one that takes an order up knows nothing until WeChat Pay has said where it stands, and so does one that
 * adopts what another system has under this number: until WeChat Pay has told, it says how the order had ended.
 */
export function readsInTurn(evidence: Evidence, now: number): Sighting[][] {
  const { sightings, read, entries, foreign } = evidence;
  const last: Sighting[] = read.status === 200 ? [{ at: now, ...read.body }] : [];
  const ended = deedsOf(evidence, 'terminated')[0]?.from ?? Infinity;
  const adoptions = entries.filter(
    ({ request }) => foreign === 'different' && request.operation === 'adopt',
  );
  const adopted = adoptions[0]?.sentAt ?? Infinity;
  const known = [...sightings, ...last]
    .filter(({ at, phase }) => at < ended || phase !== 'creating')
    .filter(({ at, phase }) => at < adopted || phase !== 'rejected');
  const cuts = [
    ...deedsOf(evidence, 'reset').map(({ from }) => from),
    ...adoptions.map(({ sentAt }) => sentAt),
  ];
  return [...grouped(known, ({ at }) => cuts.filter((cut) => cut <= at).length).values()];
}
