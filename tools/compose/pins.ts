/** Which version of everything runs: named once, exactly, and Temporal's the release that the tests run on. */
import type { ComposeFile } from './file.ts';

export interface Pin {
  readonly image: string;
  readonly version: string;
}

/** Of docker-compose.yml and the Dockerfile, without what is built here. */
export function imagesOf({ services }: ComposeFile, dockerfile: string): string[] {
  const images = Object.values(services).flatMap(({ image }) => image ?? []);
  return [...new Set([nodeImageIn(dockerfile), ...images])].filter(
    (image) => !image.startsWith('payscore-orders'),
  );
}

export function pinsOf(file: ComposeFile, dockerfile: string): Pin[] {
  return imagesOf(file, dockerfile).map(pinOf);
}

/** What production runs on. */
export function nodeImageIn(dockerfile: string): string {
  return /^ARG NODE=(\S+)$/m.exec(dockerfile)?.[1] ?? '';
}

export function pinOf(reference: string): Pin {
  const [image = '', tag = ''] = reference.split(':');
  // Prometheus alone writes `v3.13.5`.
  return { image, version: tag.replace(/^v/, '').split('-')[0] ?? '' };
}

/** @param goMod of the development server, which is Temporal's server and web UI in one */
export function pinFaults(pins: readonly Pin[], goMod: string): string[] {
  const versionOf = (name: string) => pins.find(({ image }) => image === name)?.version ?? 'none';
  const server = versionOf('temporalio/server');
  const tools = versionOf('temporalio/admin-tools');
  const tested = pinned(goMod, 'go.temporal.io/server');
  const ui = versionOf('temporalio/ui');
  const testedUi = pinned(goMod, 'github.com/temporalio/ui-server/v2');
  return [
    ...pins
      .filter(({ version }) => !/^\d+\.\d+(\.\d+)?$/.test(version))
      .map(({ image }) => `${image} has no exact version`),
    ...faultIf(server !== tools, `temporalio/admin-tools is ${tools}, the server ${server}`),
    ...faultIf(
      releaseOf(server) !== releaseOf(tested),
      `temporalio/server is ${server}, and the tests run on ${tested} (tools/temporal/go.mod)`,
    ),
    ...faultIf(
      releaseOf(ui) !== releaseOf(testedUi),
      `temporalio/ui is ${ui}, and the tests look at ${testedUi} (tools/temporal/go.mod)`,
    ),
  ];
}

function pinned(goMod: string, module: string): string {
  return new RegExp(`^\\s*${module} v(\\S+)`, 'm').exec(goMod)?.[1] ?? 'none';
}

/** Patches may differ. */
export function releaseOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function faultIf(isFault: boolean, fault: string): string[] {
  return isFault ? [fault] : [];
}
