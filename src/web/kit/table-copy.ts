import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { Column } from './table-columns.ts';
import { tsvOf } from './tsv.ts';

/** Whether the browser let us: on a plain http intranet there is no clipboard object, but a copy event can still be answered. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused (no focus, no permission): the older way may still be open.
    }
  }
  let done = false;
  const answer = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    done = true;
  };
  document.addEventListener('copy', answer, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', answer);
  return done;
}

/** Ctrl+C inside the table takes the picked rows, else the page, unless text is selected: then the browser copies that. */
export function useCopyKey<Row>(
  box: RefObject<HTMLElement | null>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  onCopied: (rows: number) => void,
): void {
  useEffect(() => {
    const answer = (event: ClipboardEvent): void => {
      const inside = box.current?.contains(document.activeElement) === true && document.activeElement?.tagName === 'TR';
      if (!inside || String(getSelection()) !== '') return;
      event.clipboardData?.setData('text/plain', tsvOf(columns, rows));
      event.preventDefault();
      onCopied(rows.length);
    };
    document.addEventListener('copy', answer);
    return () => document.removeEventListener('copy', answer);
  }, [box, columns, rows, onCopied]);
}
