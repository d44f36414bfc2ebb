/** Fills `{name}` from parameters; what a folded group no longer knows becomes an ellipsis. */
export function filled(sentence: string, params: Readonly<Record<string, string | number | boolean>> = {}): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : '…'));
}
