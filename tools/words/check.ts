/** A command: every sentence of the catalogue is there in every language, and tells the same. `npm run check` runs it. */
import { differences } from './differences.ts';
import { filesInBoth } from './files.ts';

const faults = (await filesInBoth()).flatMap(({ file, english, chinese }) =>
  differences(english, chinese).map((fault) => `words/zh/${file}: ${fault}`),
);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
