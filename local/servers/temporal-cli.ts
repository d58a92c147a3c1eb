/** The Temporal CLI, whose development server the local stack and the tests run on. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.ts';
import { download } from './download.ts';
import { executable, versionOf } from '../stack/executable.ts';
import { pinnedCliVersion } from './pinned-version.ts';
import { run } from '../stack/tool.ts';
import { words } from '../stack/words.ts';

const GO_MODULE = fileURLToPath(new URL('../../tools/temporal', import.meta.url));
const PACKAGE = 'github.com/temporalio/cli';
/** A quarter of the build's time is what a development server never runs: it need not be fast. */
const NEVER_RUN = [
  'cloud.google.com/...',
  'github.com/aws/...',
  'github.com/envoyproxy/...',
  'github.com/google/gnostic-models/...',
  'github.com/jackc/...',
  'github.com/olivere/...',
  'k8s.io/...',
];
/** Nobody debugs it. */
const COMPILED = '-dwarf=false';

/** Its path: the one on the PATH, else ours from the cache, else the SDK's download, else a build. */
export async function temporalCli(): Promise<string> {
  const installed = await executable('temporal');
  if (installed !== undefined && (await versionOf(installed)) !== undefined) return installed;

  const version = await pinnedCliVersion();
  const file = 'temporal';
  return await cached({
    name: `temporal-cli-${version}`,
    executable: file,
    makers: [
      {
        title: words.servers.downloadCli(version),
        make: (folder) => download({ server: 'temporal', version, folder, file }),
      },
      {
        title: words.servers.buildCli(version),
        make: (folder) => build(version, join(folder, file)),
      },
    ],
    advice: 'Install the Temporal CLI or Go 1.26, or set TEMPORAL_ADDRESS to a server that runs.',
  });
}

async function build(version: string, output: string): Promise<void> {
  const linked = `-s -w -X ${PACKAGE}/internal/temporalcli.Version=${version}`;
  const compiled = [
    `-gcflags=all=${COMPILED}`,
    ...NEVER_RUN.map((packages) => `-gcflags=${packages}=-N -l ${COMPILED}`),
  ];
  await run({
    command: 'go',
    args: [
      ...['build', '-trimpath', ...compiled, '-ldflags', linked],
      ...['-o', output, `${PACKAGE}/cmd/temporal`],
    ],
    cwd: GO_MODULE,
  });
}
