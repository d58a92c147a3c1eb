/** A program writes into its folders: mounted to be read alone, nothing is noticed before the first one tries. */
import type { ComposeFile, Mount, Variables } from './file.ts';

/** The worker keeps reports; the API keeps beside them who answers for a finding. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  worker: ['REPORT_FOLDER'],
  api: ['REPORT_FOLDER'],
};

export function folderFaults({ services }: ComposeFile): string[] {
  return Object.entries(WRITTEN).flatMap(([name, variables]) => {
    const { environment = {}, volumes = [] } = services[name] ?? {};
    return variables
      .filter((variable) => !volumes.some((it) => isAt(it, environment[variable])))
      .map((variable) => `docker-compose.yml: ${name} cannot write into ${variable}`);
  });
}

/** Writable at this path. */
function isAt(volume: string | Mount, path: Variables[string] | undefined): boolean {
  return typeof volume === 'string' && volume.endsWith(`:${path}`);
}
