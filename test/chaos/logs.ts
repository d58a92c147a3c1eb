/** What the programs say: kept for whoever looks into a disagreement, and searched for what must not be in it. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** As `paths.ts` makes them: no other word of a log looks so. */
const OPENID = /oChaos[0-9a-f]{22}/;

export type Logs = ReturnType<typeof createLogs>;

export function createLogs(folder: string) {
  const leaks: string[] = [];
  const files = new Map<string, ReturnType<typeof createWriteStream>>();

  function fileOf(program: string) {
    const file =
      files.get(program) ?? createWriteStream(join(folder, `${program}.log`), { flags: 'a' });
    files.set(program, file);
    return file;
  }

  return {
    folder,
    /** Lines that name a person. */
    leaks,
    of: (program: string) => (line: string) => {
      fileOf(program).write(`${line}\n`);
      if (OPENID.test(line)) leaks.push(`${program}: ${line.replace(OPENID, 'oChaos…')}`);
    },
    end() {
      for (const file of files.values()) file.end();
    },
  };
}

export function namesPerson(text: string): boolean {
  return OPENID.test(text);
}
