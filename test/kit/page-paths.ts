import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/steps.ts';

const text = readFileSync(join(ROOT, 'src/web/shell/pages.ts'), 'utf8');

/** The path of every page, as the list of pages writes it (`orders/:id`): a text here, because pages cannot be loaded where there is no browser. */
export const PAGE_PATHS: readonly string[] = [...text.matchAll(/^ {2}'?([a-z][\w/:-]*?)'?: async/gm)].map((found) => found[1] ?? '');
