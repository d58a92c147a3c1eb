/** Whether Temporal lets us in, and its namespace is as `migrate` leaves it. */
import { X509Certificate } from 'node:crypto';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';
import { INDEXED } from '../../temporal/indexed-value.ts';
import type { Door } from './door.ts';

const DAY_MS = 24 * 3_600_000;

export function namespaceChecks(examination: Examination, door: Door): Check[] {
  const { words, now } = examination;
  const { temporal } = words;
  const { address, namespace } = door;
  return [
    {
      id: 'temporal-reachable',
      async look() {
        const there = await door.look();
        return typeof there === 'object' && there.is === 'away'
          ? fault(temporal.away(address, there.why))
          : ok(temporal.answers(address));
      },
    },
    {
      id: 'temporal-certificate',
      async look() {
        const certificate = certificateIn(examination);
        if (!certificate) return ok(temporal.noCertificate);
        return foundByEnd(
          {
            what: temporal.certificate,
            validFrom: new Date(certificate.validFrom),
            validTo: new Date(certificate.validTo),
            now: now(),
            renewal: temporal.renewal,
          },
          words,
        );
      },
    },
    {
      id: 'temporal-namespace',
      async look() {
        const there = await door.look();
        if (typeof there === 'number') return ok(temporal.namespace.there(namespace));
        if (there.is === 'no-namespace') return fault(temporal.namespace.missing(namespace));
        throw new UnansweredError(temporal.silent);
      },
    },
    {
      id: 'temporal-retention',
      async look() {
        const wanted = needed(examination, 'TEMPORAL_RETENTION_DAYS');
        await door.ask(async () => undefined);
        const kept = Number(await door.look()) / DAY_MS;
        return kept >= wanted
          ? ok(temporal.namespace.keeps(kept))
          : fault(temporal.namespace.keepsTooShort(kept, wanted));
      },
    },
    {
      id: 'search-attributes',
      async look() {
        const { customAttributes } = await door.ask((_client, { operatorService }) =>
          operatorService.listSearchAttributes({ namespace }),
        );
        const wanted = Object.values(SEARCH_ATTRIBUTES);
        const wrong = wanted.filter(({ name, type }) => customAttributes[name] !== INDEXED[type]);
        const lacking = wrong.map(({ name, type }) => `${name} (${type})`);
        return wrong.length === 0
          ? ok(temporal.namespace.attributes(wanted.length))
          : fault(temporal.namespace.lacks(lacking));
      },
    },
  ];
}

function certificateIn({ config: { temporal }, words }: Examination): X509Certificate | undefined {
  if (!('namespace' in temporal)) throw new UnansweredError(words.temporal.nowhere);
  const { tls } = temporal.connectionOptions;
  const own = typeof tls === 'object' ? tls?.clientCertPair : undefined;
  return own && new X509Certificate(own.crt);
}
