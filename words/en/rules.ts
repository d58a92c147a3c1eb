/** What a schema says that must be so: in English, as it stands in its source. */

export function rule(broken: string): string {
  return broken;
}
