/** Whether Temporal lets us in, and its namespace is as `migrate` leaves it. */
import { X509Certificate } from 'node:crypto';
import type { DoctorConfig } from '../../config/doctor.ts';
import type { Check } from '../check.ts';
import { foundByEnd } from '../ends.ts';
import { fault, ok, UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';
import { INDEXED } from '../../temporal/indexed-value.ts';
import type { Door } from './door.ts';

const DAY_MS = 24 * 3_600_000;
const MIGRATE = 'Run migrate; where it may not, set it right in Temporal by hand.';

export function namespaceChecks(config: DoctorConfig, door: Door, now: () => Date): Check[] {
  const { address, namespace } = door;
  return [
    {
      id: 'temporal-reachable',
      async look() {
        const there = await door.look();
        return typeof there === 'object' && there.is === 'away'
          ? fault(`Temporal at ${address}: ${there.why}.`, REACH)
          : ok(`Temporal answers at ${address}.`);
      },
    },
    {
      id: 'temporal-certificate',
      async look() {
        const certificate = certificateIn(config);
        if (!certificate) return ok('Temporal asks for no certificate of ours.');
        return foundByEnd({
          what: 'Our certificate for Temporal',
          validFrom: new Date(certificate.validFrom),
          validTo: new Date(certificate.validTo),
          now: now(),
          renewal: 'Issue the next one, and restart the programs: they read it once.',
        });
      },
    },
    {
      id: 'temporal-namespace',
      async look() {
        const there = await door.look();
        if (typeof there === 'number') return ok(`The namespace ${namespace} is there.`);
        if (there.is === 'no-namespace') {
          return fault(
            `Temporal has no namespace ${namespace}.`,
            `${MIGRATE} Or see TEMPORAL_NAMESPACE.`,
          );
        }
        throw new UnansweredError('Temporal does not answer.', 'See temporal-reachable.');
      },
    },
    {
      id: 'temporal-retention',
      async look() {
        const wanted = needed(config, 'TEMPORAL_RETENTION_DAYS');
        await door.ask(async () => undefined);
        const kept = Number(await door.look()) / DAY_MS;
        return kept >= wanted
          ? ok(`The namespace keeps finished orders for ${kept} days.`)
          : fault(
              `The namespace keeps finished orders for ${kept} days, and TEMPORAL_RETENTION_DAYS is ${wanted}.`,
              MIGRATE,
            );
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
        const told = wrong.map(({ name, type }) => `${name} (${type})`).join(', ');
        return wrong.length === 0
          ? ok(`The namespace has all ${wanted.length} search attributes.`)
          : fault(`The namespace lacks ${told}: an order that sets one comes to a halt.`, MIGRATE);
      },
    },
  ];
}

const REACH =
  'See that Temporal runs there, TEMPORAL_ADDRESS and TEMPORAL_TLS_… (docs/wechatpay.md, who may reach Temporal).';

function certificateIn({ temporal }: DoctorConfig): X509Certificate | undefined {
  if (!('namespace' in temporal)) {
    throw new UnansweredError('Where Temporal is, is not known.', 'See temporal-configuration.');
  }
  const { tls } = temporal.connectionOptions;
  const own = typeof tls === 'object' ? tls?.clientCertPair : undefined;
  return own && new X509Certificate(own.crt);
}
