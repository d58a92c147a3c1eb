/** Figures never fail what they are about: an order, a callback or a request goes on, whatever could not be counted. */

type Note = (...args: never[]) => unknown;

/** The same functions, each of which swallows what goes wrong in it. */
export function harmless<Notes extends Readonly<Record<string, Note>>>(notes: Notes): Notes {
  const entries = Object.entries(notes).map(([name, note]) => [
    name,
    (...args: never[]) => {
      try {
        const result = note(...args);
        return typeof result === 'function' ? harmless({ result: result as Note }).result : result;
      } catch {
        return undefined;
      }
    },
  ]);
  return Object.fromEntries(entries) as Notes;
}
