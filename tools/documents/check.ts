/** A command: what the documents say of the repository, and of each other. `npm run check` runs it. */
import { citationFaults } from './citations.ts';
import { commandFaults } from './commands.ts';
import { isInChinese, languageFaults } from './languages.ts';
import { linkFaults } from './links.ts';
import { pathFaults } from './paths.ts';
import { files as filesNow, textsOf } from './repository.ts';
import { wordFaults } from './words.ts';

const files = await filesNow();
const texts = await textsOf(files);
const documents = new Map([...texts].filter(([path]) => path.endsWith('.md')));
const { scripts } = JSON.parse(texts.get('package.json') ?? '') as {
  scripts: Record<string, string>;
};

const faults = [
  ...linkFaults(documents, files),
  ...pathFaults(documents, files),
  ...citationFaults(texts, documents, files),
  ...languageFaults(documents),
  // Blocks in Chinese documents are those of the English ones.
  ...commandFaults(new Map([...documents].filter(([path]) => !isInChinese(path))), {
    files,
    scripts,
  }),
  ...wordFaults(texts.get('README.md') ?? ''),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
