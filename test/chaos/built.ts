/** The build that the programs run from: of our sources, or of a copy with one mistake planted. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../local/settings.ts';
import { buildInto, builtPrograms, buildSources } from '../support/build.ts';
import { PLANTS, type PlantName } from './plants.ts';

/**
 * @param folder for a build with a mistake
 * @returns the folder whose `dist` has the programs
 */
export async function builtWith(plant: PlantName | undefined, folder: string): Promise<string> {
  if (plant === undefined) return await builtPrograms();
  const sources = join(folder, 'sources');
  await mkdir(sources, { recursive: true });
  for (const part of await buildSources()) {
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
  return folder;
}
