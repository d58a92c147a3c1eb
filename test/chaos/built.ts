/** The builds that the programs run from: of our sources, or of copies with places changed. */
import { join } from 'node:path';
import { buildInto, builtPrograms, buildSources } from '../support/build.ts';
import { copyChanged, type Change } from '../support/changed-sources.ts';
import { kept } from '../support/kept.ts';
import { PLANTS, type PlantName } from './plants.ts';

/** A release that lacks an activity which the orders need: a worker of it is given the tasks all the same. */
const OLDER: Change = {
  file: 'worker/create.ts',
  from: '...createServiceOrderActivities(wechatpay, clock, parts.pollDelaysMs),',
  to: '...(({ completeServiceOrder: _later, ...known }) => known)(createServiceOrderActivities(wechatpay, clock, parts.pollDelaysMs)),',
};
/** This file says what it lacks. */
const OWN_PATH = 'test/chaos/built.ts';

export interface Builds {
  /** Folders whose `dist` has the programs. */
  readonly ours: string;
  /** The same, unless two releases run side by side. */
  readonly older: string;
}

/** @param folder for a build with a mistake */
export async function builtWith(
  { plant, releases }: { readonly plant: PlantName | undefined; readonly releases: 1 | 2 },
  folder: string,
): Promise<Builds> {
  const planted = plant === undefined ? [] : [PLANTS[plant]].flat();
  const ours = plant === undefined ? await builtPrograms() : join(folder, 'programs');
  if (plant !== undefined) await build(ours, planted);
  if (releases === 1) return { ours, older: ours };
  if (plant === undefined) {
    const sources = [...(await buildSources()), OWN_PATH];
    return { ours, older: await kept('older', sources, (own) => build(own, [OLDER])) };
  }
  const older = join(folder, 'older');
  await build(older, [...planted, OLDER]);
  return { ours, older };
}

async function build(folder: string, changes: readonly Change[]): Promise<void> {
  const sources = join(folder, 'sources');
  await copyChanged(sources, await buildSources(), changes);
  await buildInto(folder, sources);
}
