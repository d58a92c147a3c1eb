/** The catalogue's files, each with its counterpart. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sentencesIn, type Sentence } from './sentences.ts';

const WORDS = fileURLToPath(new URL('../../words/', import.meta.url));

export interface FileInBoth {
  readonly file: string;
  readonly english: ReadonlyMap<string, Sentence>;
  readonly chinese: ReadonlyMap<string, Sentence>;
}

export async function filesInBoth(): Promise<FileInBoth[]> {
  const files = await readdir(`${WORDS}en`, { recursive: true });
  return await Promise.all(
    files
      .filter((file) => file.endsWith('.ts'))
      .toSorted()
      .map(async (file) => ({
        file,
        english: sentencesIn(await readFile(`${WORDS}en/${file}`, 'utf8')),
        chinese: sentencesIn(await readFile(`${WORDS}zh/${file}`, 'utf8')),
      })),
  );
}
