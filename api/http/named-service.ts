/** The configured service that a request names: the first that has what is named, and nothing else than what is configured. */
import { faultsIn, type Fault } from './problems.ts';
import type { Service, Services } from '../../payscore/order/opening.ts';
import type { NamedService } from '../../schemas/named-service.ts';

/** @throws {Problem} `invalid-request`, which says what is configured */
export function serviceNamed(services: Services, named: NamedService): Service {
  const service = findService(services, named);
  if (service) return service;
  throw faultsIn('body', faultsOf(services, named));
}

/** Undefined where none that is configured has what is named. */
export function findService(services: Services, named: NamedService): Service | undefined {
  return services.find((service) => isNamed(service, named));
}

export function isNamed(
  service: Pick<Service, 'appid' | 'service_id'>,
  { appid = service.appid, service_id = service.service_id }: NamedService,
): boolean {
  return service.appid === appid && service.service_id === service_id;
}

/** Each name that nobody has; where both are somebody's, but nobody's together, the app is told which it could be. */
function faultsOf(services: Services, { appid, service_id }: NamedService): Fault[] {
  const ofService = services.filter((service) => isNamed(service, { service_id }));
  const isApp = services.some((service) => isNamed(service, { appid }));
  return [
    ...(ofService.length === 0 ? [faultAt('service_id', services)] : []),
    ...(isApp && ofService.length > 0 ? [faultAt('appid', ofService)] : []),
    ...(isApp ? [] : [faultAt('appid', services)]),
  ];
}

function faultAt(name: 'appid' | 'service_id', services: readonly Service[]): Fault {
  const configured = new Set(services.map((service) => service[name]));
  return {
    pointer: `/${name}`,
    detail: ({ problems }) => problems.request.configured([...configured]),
  };
}
