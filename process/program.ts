/** Which program this is, for what outlives it. */
import { existsSync, readFileSync } from 'node:fs';

/** Sources run beside the package's own file, a build one folder below. */
const PLACES = ['../package.json', '../../package.json'];

/** `payscore-orders 0.3.0` */
export function programName(): string {
  for (const place of PLACES) {
    const url = new URL(place, import.meta.url);
    if (!existsSync(url)) continue;
    const { name, version } = JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>;
    return `${name} ${version}`;
  }
  return 'payscore-orders';
}
