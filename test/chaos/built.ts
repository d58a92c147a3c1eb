/** The build that the programs run from: of our sources, or of a copy with one mistake planted. */
import { join } from 'node:path';
import { buildInto, builtPrograms, buildSources } from '../support/build.ts';
import { copyChanged } from '../support/changed-sources.ts';
import { PLANTS, type PlantName } from './plants.ts';

/**
 * @param folder for a build with a mistake
 * @returns the folder whose `dist` has the programs
 */
export async function builtWith(plant: PlantName | undefined, folder: string): Promise<string> {
  if (plant === undefined) return await builtPrograms();
  const sources = join(folder, 'sources');
  await copyChanged(sources, await buildSources(), [PLANTS[plant]]);
  await buildInto(folder, sources);
  return folder;
}
