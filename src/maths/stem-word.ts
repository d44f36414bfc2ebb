/**
 * What English words share with their inflected forms: charge, charged, charges, charging → charg. Works in place on folded
 * code units and returns the new length. Not a dictionary: both sides of a comparison go through it, so that it need not be right
 * about a word, only the same about its forms.
 */
const [A, E, G, H, I, N, O, S, U, X, Y, Z, C, D] = Array.from('aeghinosuxyzcd', (letter) => letter.charCodeAt(0)) as readonly number[];
const SHORTEST = 4;

export function stemWord(word: Uint16Array, length: number): number {
  let end = length;
  if (end < SHORTEST) return end;
  for (let i = 0; i < end; i++) if ((word[i] as number) < 0x61 || (word[i] as number) > 0x7a) return end;
  end = withoutPlural(word, end);
  if (end < SHORTEST) return end;
  end = withoutEnding(word, end);
  if (end > 3 && word[end - 1] === E) end--;
  if (end > 2 && word[end - 1] === word[end - 2]) end--;
  if (end > 2 && word[end - 1] === Y) word[end - 1] = I as number;
  return end;
}

/** companies → company, boxes → box, outages → outage; not bus, class, this. */
function withoutPlural(word: Uint16Array, end: number): number {
  const [last, second, third] = [word[end - 1], word[end - 2], word[end - 3]];
  if (last !== S || second === S || second === U || second === I) return end;
  if (second !== E) return end - 1;
  if (third === I && end > 4) {
    word[end - 3] = Y as number;
    return end - 2;
  }
  const hisses = third === S || third === X || third === Z || (third === H && (word[end - 4] === C || word[end - 4] === S)) || third === O;
  return hisses ? end - 2 : end - 1;
}

/** billing → bill, dropped → dropp; not string, speed. */
function withoutEnding(word: Uint16Array, end: number): number {
  if (end > 5 && word[end - 3] === I && word[end - 2] === N && word[end - 1] === G && hasVowel(word, end - 3)) return end - 3;
  if (end > 4 && word[end - 2] === E && word[end - 1] === D && word[end - 3] !== E && hasVowel(word, end - 2)) return end - 2;
  return end;
}

function hasVowel(word: Uint16Array, end: number): boolean {
  for (let i = 0; i < end; i++) {
    const unit = word[i];
    if (unit === A || unit === E || unit === I || unit === O || unit === U || unit === Y) return true;
  }
  return false;
}
