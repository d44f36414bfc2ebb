import { inLanguage } from './pairs.ts';
import { texts } from './texts.ts';

/** The English texts alone: the build writes them out, so that nobody loads the other language. */
export const words = inLanguage(texts, 1);
