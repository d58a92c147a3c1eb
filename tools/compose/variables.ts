/** What a program is given is what its configuration knows: a variable that is misspelt, or missing, is not noticed otherwise. */
import type { ComposeFile } from './file.ts';

export type Known = Readonly<Record<string, readonly string[]>>;

/** Temporal's own, of which its SDK reads many more than a single machine needs. */
const OF_TEMPORAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];

/** @param known the variables of each program, by the name of its service */
export function variableFaults({ services }: ComposeFile, known: Known): string[] {
  return Object.entries(known).flatMap(([name, variables]) => {
    const given = Object.keys(services[name]?.environment ?? {});
    return [
      ...given
        .filter((variable) => !variables.includes(variable) && !OF_TEMPORAL.includes(variable))
        .map((variable) => `docker-compose.yml: ${name} does not know ${variable}`),
      ...variables
        .filter((variable) => !given.includes(variable))
        .map((variable) => `docker-compose.yml: ${name} cannot be given ${variable}`),
    ];
  });
}
