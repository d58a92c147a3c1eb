/** The stack's sentences and amounts, in the language of whoever reads them here. */
import { LANGUAGE } from './language.ts';
import { wordsIn } from '../../words/catalogue.ts';
import { wordsOutside } from '../../words/outside.ts';

export const words = wordsOutside(LANGUAGE).story;
export const { yuan } = wordsIn(LANGUAGE);
