const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * What a chart shows beside the pointer, line by line. A formatter's answer becomes HTML as it is, so every formatter that is a
 * function goes through here: names come from files that anybody may have written.
 */
export const tipHtml = (lines: readonly string[]): string =>
  lines.map((line) => line.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '')).join('<br>');
