/** A copy of sources with places changed: another release, or a planted mistake. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../local/stack/settings.ts';

/** One place of one file. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * @param parts files and folders of the repository
 * @throws where a file has no such place
 */
export async function copyChanged(
  folder: string,
  parts: readonly string[],
  changes: readonly Change[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const part of parts) await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, from, to } of changes) {
    const source = await readFile(join(folder, file), 'utf8');
    if (!source.includes(from)) throw new Error(`${file} has not the place to change: ${from}`);
    await writeFile(
      join(folder, file),
      source.replace(from, () => to),
    );
  }
}
