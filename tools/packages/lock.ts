/** What package-lock.json must say of every package, those for other platforms included. */
import type { Manifest } from './production.ts';

export interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

/** One line for each package that breaks a rule, with the rule. */
export function lockFaults({ packages }: Lock, { allowScripts = {} }: Manifest): string[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '') return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const rules: readonly [boolean, string][] = [
      // npm writes none for a platform that it did not install for, and installs what has none unverified.
      [
        locked.integrity?.startsWith('sha512-') !== true,
        `has no sha512 checksum in package-lock.json: npm view ${name}@${locked.version} dist.integrity`,
      ],
      [
        locked.resolved !== undefined,
        'is bound to a registry in package-lock.json: .npmrc says omit-lockfile-registry-resolved',
      ],
      [
        locked.hasInstallScript === true && allowScripts[name] !== false,
        'has an install script, which nothing runs (.npmrc): see that it works without, and say "false" in allowScripts of package.json',
      ],
    ];
    return rules.flatMap(([isBroken, rule]) => (isBroken ? [`${path} ${rule}`] : []));
  });
}
