/** A command: every sentence in both languages, side by side, for whoever reads them over: `npm run sentences`. */
import { filesInBoth } from './files.ts';

for (const { file, english, chinese } of await filesInBoth()) {
  process.stdout.write(`\n## ${file}\n\n`);
  for (const [name, { text }] of english) {
    process.stdout.write(
      `${name}\n  en  ${shown(text)}\n  zh  ${shown(chinese.get(name)?.text)}\n`,
    );
  }
}

function shown(text = ''): string {
  return text.replaceAll('\n', '\n      ');
}
