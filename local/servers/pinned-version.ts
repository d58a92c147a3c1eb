/** Which versions of Temporal's development servers are used, read from where their dependencies are pinned. */
import { readFile } from 'node:fs/promises';

export async function pinnedCliVersion(): Promise<string> {
  return await pinnedIn('../../tools/temporal/go.mod', /^\s*github\.com\/temporalio\/cli v(\S+)/m);
}

export async function pinnedTestServerVersion(): Promise<string> {
  const version = /<artifactId>temporal-test-server<\/artifactId>\s*<version>(.+)<\/version>/;
  return await pinnedIn('../../tools/time-skipping/pom.xml', version);
}

async function pinnedIn(file: string, pattern: RegExp): Promise<string> {
  const version = pattern.exec(await readFile(new URL(file, import.meta.url), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file} pins no version that ${pattern} finds`);
  return version;
}
