/** Files that run one after the other in one process: loading the SDK and the sources costs a process more than most files take. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ROOT } from '../local/stack/settings.ts';
import { roomOf } from './tiers.ts';

export interface Batch {
  readonly room: string;
  readonly files: readonly string[];
}

const LARGEST = 12;
/** What waits for minutes would end the run alone otherwise. */
const LARGEST_OF_FLOWS = 6;
const FLOWS = ['api', 'never-authorised', 'strict', 'workflows'];
/** Some wait for minutes, on a slow machine, beside others; what hangs is named then, and the next file is begun. */
const LONGEST_FILE_MS = 500_000;
/** What asks what its own process is like, or computes all the time, has a process of its own. */
const ALONE = ['chaos', 'local', 'properties', 'stories', 'toolchain', 'tools', 'worker'];
/** And so has what starts a server or a program: gRPC would share its broken connections with the other files of the process. */
const STARTS = /\btemporal: \{|\bstart(Temporal|Built|Program)\(|\bopenProgramStage\(/;
/** Some rooms say for their whole process how WeChat Pay is; these say nothing, and none of their files takes long. */
const QUICK = [
  ...['activities', 'config', 'guide', 'histories', 'interop', 'payscore', 'reconciliation'],
  ...['answers', 'schemas', 'temporal', 'wechatpay', 'words'],
];

/** @param textOf what is in a file */
export function batchesOf(files: readonly string[], textOf: (file: string) => string): Batch[] {
  const alone: Batch[] = [];
  const together = new Map<string, string[]>();
  for (const file of files) {
    const folder = roomOf(file);
    const room = QUICK.includes(folder) ? 'quick' : folder;
    if (ALONE.includes(folder) || STARTS.test(textOf(file))) alone.push({ room, files: [file] });
    else together.set(room, [...(together.get(room) ?? []), file]);
  }
  return [...alone, ...[...together].flatMap(([room, ofRoom]) => dealt(room, ofRoom))];
}

/** Like cards: neighbours by name take equally long, so that batches do as well. */
function dealt(room: string, files: readonly string[]): Batch[] {
  const count = Math.ceil(files.length / (FLOWS.includes(room) ? LARGEST_OF_FLOWS : LARGEST));
  return Array.from({ length: count }, (_, nth) => ({
    room,
    files: files.filter((_file, index) => index % count === nth),
  }));
}

const BATCH_END = join(ROOT, 'test/support/batch-end.ts');

/** @returns the module that runs the batch: each file is a suite, with its own hooks */
export async function moduleOf(
  { files, room }: Batch,
  folder: string,
  nth: number,
  longestFileMs = LONGEST_FILE_MS,
): Promise<string> {
  const path = join(folder, `${room}-${nth}.mjs`);
  const suites = files.map((file, index) => {
    const end = index === files.length - 1 ? 'after(endSoon); ' : '';
    const head = `${JSON.stringify(file)}, { timeout: ${longestFileMs} }`;
    return `describe(${head}, async () => { ${end}await import('${resolve(ROOT, file)}'); });`;
  });
  const imports = [
    `import { after, describe } from 'node:test';`,
    `import { endSoon } from '${BATCH_END}';`,
  ];
  await writeFile(path, [...imports, ...suites, ''].join('\n'));
  return path;
}
