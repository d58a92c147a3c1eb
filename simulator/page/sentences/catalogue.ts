/** The page's sentences by language. */
import type { Language } from '../language.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Words = typeof en;

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };
