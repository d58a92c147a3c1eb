/** The build that the programs run from: of our sources, or of a copy with one mistake planted. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../local/settings.ts';
import { buildInto } from '../support/build.ts';
import { PLANTS, type PlantName } from './plants.ts';

const CONFIGS = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** @param folder is filled; the programs are in its `dist` */
export async function buildWith(plant: PlantName | undefined, folder: string): Promise<void> {
  await mkdir(folder);
  if (plant === undefined) return await buildInto(folder);
  const sources = join(folder, 'sources');
  for (const part of [...CONFIGS, ...(await included())]) {
    await cp(join(ROOT, part), join(sources, part), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(sources, 'node_modules'));

  const { file, from, to } = PLANTS[plant];
  const source = await readFile(join(sources, file), 'utf8');
  if (!source.includes(from)) throw new Error(`${file} has no place to plant ${plant}`);
  await writeFile(
    join(sources, file),
    source.replace(from, () => to),
  );
  await buildInto(folder, sources);
}

async function included(): Promise<string[]> {
  const config = await readFile(join(ROOT, 'tsconfig.build.json'), 'utf8');
  const { include } = JSON.parse(config) as { include: string[] };
  return include;
}
