/** The command `npm run demo`: one order through its life. Exits 0 when it was paid, else 1 with the reason. */
import { withStack } from './command.ts';
import { tellStory } from './story.ts';
import { good, print } from './terminal.ts';

const exitCode = await withStack(async (stack) => {
  await tellStory(stack);
  print();
  print(good('The order was paid.'));
});
// Everything has ended in order; a story that was cut short may still be waiting for an answer.
process.exit(exitCode);
