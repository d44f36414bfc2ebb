import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  ['宽带断了', 'zh'],
  ['WiFi 5G 信号 iPhone 很差', 'zh'],
  ['the internet is down', 'en'],
  ['བོད་ཡིག', 'bo'],
  ['ئىنتېرنېت ئۈزۈلۈپ قالدى', 'ug'],
  ['مرحبا كيف الحال', 'ar'],
  ['ᠮᠣᠩᠭᠣᠯ', 'mn'],
  ['Интернэт тасарсан өө', 'mn'],
  ['интернет не работает', 'ru'],
  ['インターネットが遅い', 'ja'],
  ['인터넷이 느려요', 'ko'],
  ['12345 !!!', 'und'],
  ['', 'und'],
  ['\ud83d\ude00\ud800', 'und'],
])('%s is %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
