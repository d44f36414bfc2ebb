/** English texts write `{{count}} order(s)`: the word is singular after exactly 1, else plural. Chinese has nothing to do. */
export const countedWords = (text: string): string =>
  text.replace(/(?<![\d.,])1 ([^()\d]{0,40}?\p{L})\(s\)/gu, '1 $1').replace(/(?<=\p{L})\(s\)/gu, 's');
