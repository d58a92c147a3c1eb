/** The dependencies of production are the packages that its programs import, no more and no fewer. */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** Imported by Temporal's packages: as one of ours it is there once, which replay from JSON needs; npm would nest copies. */
const HELD = ['protobufjs'];

export function productionFaults({ dependencies }: Manifest, imported: Iterable<string>): string[] {
  const needed = new Set([...imported, ...HELD]);
  const declared = Object.keys(dependencies);
  return [
    ...declared
      .filter((name) => !needed.has(name))
      .map((name) => `${name} is one of dependencies, and no program of production imports it`),
    ...[...needed]
      .filter((name) => !declared.includes(name))
      .map((name) => `${name} is imported in production, and not one of dependencies`),
  ];
}
