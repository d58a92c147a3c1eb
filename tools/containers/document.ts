/** What docs/production.md tells one to type, so that it is played as it stands there. */

/** The shell lines after `<!-- played: name -->`. @throws {Error} where there are none */
export function playedIn(document: string, name: string): string {
  const [, block] =
    new RegExp(`<!-- played: ${name} -->\\s*\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(document) ?? [];
  if (block === undefined) throw new Error(`docs/production.md has no commands for ${name}`);
  // Inside a list they are indented.
  const indent = /^ */.exec(block)?.[0] ?? '';
  return block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
