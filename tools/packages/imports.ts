/** The packages that a program loads, itself or by its files; types are gone by then. */
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';

/** As prettier leaves it: a statement begins its line. `import { type T }` still loads its file. */
const IMPORT =
  /^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s)?'(?<from>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)/gm;

export async function importedPackages(files: readonly string[]): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const specifier of specifiersIn(await readFile(file, 'utf8'))) {
      if (specifier.startsWith('.')) waiting.push(resolve(dirname(file), specifier));
      else if (!isBuiltin(specifier)) packages.add(nameOf(specifier));
    }
  }
  return packages;
}

function specifiersIn(source: string): string[] {
  return [...source.matchAll(IMPORT)].map(
    ({ groups }) => groups?.['from'] ?? groups?.['dynamic'] ?? '',
  );
}

/** `@scope/name/lib/file.js` is of `@scope/name`. */
function nameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
