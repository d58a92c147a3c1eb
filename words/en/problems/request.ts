/** What is wrong with a request before anybody asks what it wants. Rules come as what must be so. */

export const request = {
  faults: (what: 'body' | 'query', count: number, listed?: number) =>
    `${count} fault${count === 1 ? '' : 's'} in the ${what}` +
    (listed === undefined ? '' : `, of which the first ${listed} are listed`) +
    (what === 'body' ? '. Nothing was started.' : '.'),
  missing: 'is missing',
  unknownField: 'is not a field of this request',
  header: (name: string, rule: string) => `The header ${name} ${rule}.`,
  inPath: (name: string, rule: string) => `The ${name} in the path ${rule}.`,
  inQuery: (name: string, rule: string) => `The ${name} in the query ${rule}.`,
  mustBe: (value: string) => `must be ${value}`,
  mustBeMonth: 'must be yyyy-MM',
  configured: (names: readonly string[]) => `must be one that is configured: ${names.join(', ')}`,
  isNotOne: 'is not one',
  notJsonType: 'Send the body as UTF-8, with Content-Type: application/json.',
  notUtf8: 'Bodies are UTF-8, strictly, and this one is not; is it GBK?',
  notJson: 'The body is not JSON.',
  tooLarge: (kilobytes: number) => `At most ${kilobytes} kB are read.`,
  unreadable: 'The body is compressed, or was cut off.',
  pathEncoding: 'The path is not properly percent-encoded.',
};
