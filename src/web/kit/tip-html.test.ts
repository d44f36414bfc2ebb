import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tipHtml } from './tip-html.ts';

it('a tip shows every text as text, one below the other', () => {
  expect(tipHtml([`<img src=x onerror=alert(1)>`, `"A" & 'B'`])).toBe(
    '&lt;img src=x onerror=alert(1)&gt;<br>&quot;A&quot; &amp; &#39;B&#39;',
  );
  expect(tipHtml([])).toBe('');
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      expect(tipHtml(lines).replaceAll('<br>', '')).not.toMatch(/[<>"']/);
    }),
  );
});
