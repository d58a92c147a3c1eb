/** The one shape of every list: its entries under their plural, and where it goes on. */
import { z } from 'zod';

export const NextCursor = z.string().meta({
  description:
    'Where more may follow: send it as `cursor`, with the same filters, for the next page.',
});

type Entries<Plural extends string, Entry extends z.ZodType> = {
  [It in Plural]: z.ZodArray<Entry>;
};

/** A list that is given whole. */
export function listOf<Plural extends string, Entry extends z.ZodType>(
  plural: Plural,
  entry: Entry,
): z.ZodObject<Entries<Plural, Entry>> {
  const entries = z.array(entry).meta({ description: 'The entries, as many as there are.' });
  return z.object({ [plural]: entries } as Entries<Plural, Entry>);
}

/** A list that is given in pages. */
export function pageOf<Plural extends string, Entry extends z.ZodType>(
  plural: Plural,
  entry: Entry,
): z.ZodObject<Entries<Plural, Entry> & Paged> {
  const paged = { ...listOf(plural, entry).shape, next_cursor: NextCursor.optional() };
  return z.object(paged);
}

interface Paged {
  readonly next_cursor: z.ZodOptional<z.ZodString>;
}
