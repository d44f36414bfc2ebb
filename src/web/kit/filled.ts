/** Fills `{name}` or `{name|other}` from parameters; what a folded group no longer knows becomes an ellipsis. */
export function filled(sentence: string, params: Readonly<Record<string, string | number | boolean>> = {}): string {
  return sentence.replaceAll(/\{([\w|]+)\}/g, (_, names: string) => {
    const known = names.split('|').find((name) => Object.hasOwn(params, name));
    return known === undefined ? '…' : String(params[known]);
  });
}
