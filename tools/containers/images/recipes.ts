/** Which recipe makes a stand-in for which image; every version comes from the image's tag. */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillAdminTools } from './temporal-admin-tools/context.ts';
import { fillCaddy } from './caddy/context.ts';
import { fillDebian } from './debian/context.ts';
import { fillNode } from './node/context.ts';
import { fillPostgres } from './postgres/context.ts';
import { fillTemporalServer } from './temporal-server/context.ts';
import type { Tag } from './tag.ts';
import { fillTemporalUi } from './temporal-ui/context.ts';

export interface Recipe {
  /** Of no use under its own name: only other recipes build on it. */
  readonly isOurs: boolean;
  /** The images that must be there before. */
  readonly bases: readonly string[];
  /** For the Dockerfile. */
  readonly args: Readonly<Record<string, string>>;
  readonly hash: string;
  /** Lays the Dockerfile, and all that it copies, into an empty folder. */
  fill(context: string): Promise<void>;
}

interface Kind {
  readonly folder: string;
  readonly image: RegExp;
  /** `$VERSION` and `$SUITE` stand for what the tag says. */
  readonly base?: string;
  readonly isOurs?: true;
  fill?(context: string, tag: Tag): Promise<void>;
}

/** What Alpine's base image offers of commands, on Debian. */
const ALPINE = 'payscore-orders-stand-in/alpine';

const KINDS: readonly Kind[] = [
  { folder: 'debian', image: /^debian:(?<suite>[a-z]+)-slim$/, fill: fillDebian },
  {
    folder: 'node',
    image: /^node:(?<version>\d+\.\d+\.\d+)-(?<suite>[a-z]+)-slim$/,
    base: 'debian:$SUITE-slim',
    fill: fillNode,
  },
  {
    folder: 'postgres',
    image: /^postgres:(?<version>\d+\.\d+)-(?<suite>[a-z]+)$/,
    base: 'debian:$SUITE-slim',
    fill: fillPostgres,
  },
  { folder: 'alpine', image: new RegExp(`^${ALPINE}$`), base: 'debian:trixie-slim', isOurs: true },
  {
    folder: 'temporal-server',
    image: /^temporalio\/server:(?<version>\d+\.\d+\.\d+)$/,
    base: ALPINE,
    fill: fillTemporalServer,
  },
  {
    folder: 'temporal-admin-tools',
    image: /^temporalio\/admin-tools:(?<version>\d+\.\d+\.\d+)$/,
    base: ALPINE,
    fill: fillAdminTools,
  },
  {
    folder: 'temporal-ui',
    image: /^temporalio\/ui:(?<version>\d+\.\d+\.\d+)$/,
    base: ALPINE,
    fill: fillTemporalUi,
  },
  {
    folder: 'caddy',
    image: /^caddy:(?<version>\d+\.\d+\.\d+)-alpine$/,
    base: ALPINE,
    fill: fillCaddy,
  },
];

export async function recipeOf(image: string): Promise<Recipe | undefined> {
  for (const kind of KINDS) {
    const groups = kind.image.exec(image);
    if (groups !== null)
      return await recipeOfKind(kind, { version: '', suite: '', ...groups.groups });
  }
  return undefined;
}

async function recipeOfKind({ folder, base, fill, isOurs }: Kind, tag: Tag): Promise<Recipe> {
  const source = fileURLToPath(new URL(folder, import.meta.url));
  const bases = base === undefined ? [] : [base.replace('$SUITE', tag.suite)];
  const below = await Promise.all(bases.map(recipeOf));
  return {
    isOurs: isOurs === true,
    bases,
    args: { VERSION: tag.version, ...(bases[0] !== undefined && { BASE: bases[0] }) },
    hash: await hashOf(source, [tag.version, tag.suite, ...below.map((one) => one?.hash ?? '')]),
    async fill(context) {
      await cp(source, context, { recursive: true });
      await fill?.(context, tag);
    },
  };
}

async function hashOf(folder: string, more: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(more.join('\n'));
  for (const file of (await readdir(folder)).sort()) {
    hash.update(file).update(await readFile(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
