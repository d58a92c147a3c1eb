/** Text and JSON that nobody would send on purpose. */
import * as fc from 'fast-check';

/** A character, half of one, one of four bytes, or what ends a line, a path, a query or a C string. */
const unit = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.constantFrom(
    ...['\ud800', '\udfff', '\u{1f600}', '\u0000', '\ufeff', '\u2028', '\u200f', '\r\n'],
    ...['/', '..', '%2e', '%2F', '?', '#', '&', '=', '%', '"', '\\', '~', ' '],
  ),
);

export const hostileText = fc.string({ unit, maxLength: 60 });

const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'length', ''),
  fc.constantFrom('appid', 'service_id', 'openid', 'time_range', 'amount', 'name', '0'),
  fc.string({ unit, maxLength: 12 }),
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, -1, 0.5, 1e21, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63), 1.7e308),
);

/** How deep a value lies in arrays, or in objects under a name of one letter. */
interface Depth {
  readonly levels: number;
  readonly within: 'array' | 'object';
}

const depth: fc.Arbitrary<Depth> = fc.record({
  levels: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 500 })),
  within: fc.constantFrom('array', 'object'),
});

/** What fast-check can print; `written` makes the JSON of it. */
export interface Hostile {
  readonly json: unknown;
  readonly depth: Depth | null;
}

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    number,
    hostileText,
    fc.array(tie('json'), { maxLength: 5 }),
    fc
      .array(fc.tuple(name, tie('json')), { maxLength: 6 })
      .map((entries): unknown => Object.fromEntries(entries)), // an own __proto__, as JSON.parse makes it
  ),
}));

export const hostileJson: fc.Arbitrary<Hostile> = fc.record({
  json,
  depth: fc.option(depth, { freq: 6 }),
});

export function written({ json: inner, depth: deep }: Hostile): unknown {
  let value = inner;
  for (let level = 0; level < (deep?.levels ?? 0); level++) {
    value = deep?.within === 'array' ? [value] : { d: value };
  }
  return value;
}

/** Any way to spoil an object: at one place, found by number, stands something else, or nothing, or something more. */
export interface Spoiling {
  readonly place: number;
  readonly how: 'replace' | 'remove' | 'add';
  readonly name: string;
  readonly value: Hostile;
}

export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  place: fc.nat(1000),
  how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  name,
  value: hostileJson,
});

type Place = readonly [parent: Record<string, unknown>, key: string];

/** A copy of the body, spoilt. */
export function spoilt(body: object, { place, how, name: key, value }: Spoiling): object {
  const copy = structuredClone(body) as Record<string, unknown>;
  const places = placesIn(copy);
  const [parent, at] = places[place % places.length] ?? [copy, key];
  if (how === 'remove') delete parent[at];
  else if (how === 'add' && Array.isArray(parent)) parent.push(written(value));
  else Object.defineProperty(parent, how === 'add' ? key : at, own(written(value)));
  return copy;
}

function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function placesIn(value: object): Place[] {
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key): Place[] => {
    const inner = parent[key];
    const deeper = typeof inner === 'object' && inner !== null ? placesIn(inner) : [];
    return [[parent, key], ...deeper];
  });
}
