/** The sources that the programs run from: ours, or a copy with one mistake planted. */
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../local/settings.ts';
import { PLANTS, type PlantName } from './plants.ts';

const COPIED = [
  ...['activities', 'api', 'payscore', 'reconciliation', 'schemas', 'temporal'],
  ...['wechatpay', 'worker', 'workflows'],
  ...['config.ts', 'key-variables.ts', 'metrics.ts', 'program.ts', 'variables.ts'],
  ...['package.json', 'tsconfig.json'],
];

export async function sourcesFor(plant: PlantName | undefined, folder: string): Promise<string> {
  if (plant === undefined) return ROOT;
  for (const part of COPIED) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

  const { file, from, to } = PLANTS[plant];
  const source = await readFile(join(folder, file), 'utf8');
  if (!source.includes(from)) throw new Error(`${file} has no place to plant ${plant}`);
  await writeFile(
    join(folder, file),
    source.replace(from, () => to),
  );
  return folder;
}
