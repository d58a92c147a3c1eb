/** Holds what is told to the shape that is documented. */
import type { z } from 'zod';

/** What a function that makes an answer returns: the shape's type, and nobody changes it. */
export type Answer<Shape extends z.ZodType> = Frozen<z.infer<Shape>>;

type Frozen<It> = unknown extends It
  ? It
  : It extends readonly (infer Entry)[]
    ? readonly Frozen<Entry>[]
    : It extends object
      ? { readonly [Name in keyof It]: Frozen<It[Name]> }
      : It;

type Surplus<It, Shape> = { readonly [Name in Exclude<keyof It, keyof Shape>]: never };

/** The same; what has a field that the shape does not have does not compile, which spreads into an object do. */
export function exactly<Shape>() {
  return <It extends Shape>(it: It & Surplus<It, Shape>): Shape => it;
}
