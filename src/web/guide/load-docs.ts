import type { Locale } from '../i18n/index.ts';
import { DOCS, docOf } from './docs.ts';
import type { Doc, DocName } from './docs.ts';
import analyst from '../../../docs/guide/analyst.md?raw';
import department from '../../../docs/guide/department.md?raw';
import measures from '../../../docs/guide/measures.md?raw';
import operator from '../../../docs/guide/operator.md?raw';
import promises from '../../../docs/guide/promises.md?raw';

const TEXTS: Readonly<Record<DocName, string>> = { analyst, department, measures, operator, promises };

/** The guide as it ships with the product: the same files that people read in the repository. */
export const docsIn = (locale: Locale): readonly Doc[] => DOCS.map((name) => docOf(name, TEXTS[name], locale));
