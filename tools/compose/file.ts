/** docker-compose.yml, or the other one beside it, as far as the checks read them. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export type Variables = Readonly<Record<string, string | number | null>>;

export interface Mount {
  readonly source: string;
  readonly bind?: { readonly create_host_path?: boolean };
}

export interface Service {
  readonly image?: string;
  readonly environment?: Variables;
  readonly volumes?: readonly (string | Mount)[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
}

/** With its anchors and merges resolved, and its variables as they are written. */
export function composeFileIn(text: string): ComposeFile {
  // Compose has tags of its own, `!override`, which say how files are put together.
  return parse(text, { merge: true, logLevel: 'error' }) as ComposeFile;
}

/** @param path from the root of the repository */
export async function read(path: string): Promise<string> {
  return await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
