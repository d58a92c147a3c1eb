/** A page as it stands: parts by their ids, each of which may be sent anew while the page is open. */
import type { Request } from 'express';
import type { Html } from './html.ts';
import type { Language } from './language.ts';

export type Room = 'home' | 'phone' | 'desk' | 'stories';

export interface Part {
  readonly id: string;
  readonly html: Html;
}

export interface View {
  readonly title: string;
  readonly room: Room;
  readonly language: Language;
  /** The same ids at every look. */
  readonly parts: readonly Part[];
}

/** Looks at everything anew. @throws {PageError} where there is nothing to see (any more) */
export type Look = (req: Request) => View;
