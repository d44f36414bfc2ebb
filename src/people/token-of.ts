const COOKIES = ['__Host-voxloop', 'voxloop_session'];

/** The token that a request came with: of a program in the authorization header, else of a browser in its cookie. */
export function tokenOf(headers: Readonly<Record<string, string | undefined>>): string | null {
  const bearer = headers['authorization'];
  if (bearer?.startsWith('Bearer ') === true) return bearer.slice(7);
  const pairs = (headers['cookie'] ?? '').split(/;\s*/).map((pair) => pair.split('='));
  for (const name of COOKIES) {
    const found = pairs.find(([key]) => key === name);
    if (found !== undefined) return found.slice(1).join('=');
  }
  return null;
}
