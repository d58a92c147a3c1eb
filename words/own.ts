/** What a table has under a word that was kept, or sent: a name of every object, such as `toString`, is none of its own. */
export function ownOf<Value>(
  table: Readonly<Partial<Record<string, Value>>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
