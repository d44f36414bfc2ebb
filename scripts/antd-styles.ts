import { createRequire } from 'node:module';
import { Button, ConfigProvider, Drawer, Input, Popover, Select, Skeleton } from 'antd';
import { type ComponentType, type ReactNode, createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { antdThemeOf } from '../src/web/kit/theme.ts';

/** The part of antd that makes its rules: the very one that antd stands on, which is no package of ours. */
interface Rules {
  readonly createCache: () => object;
  readonly extractStyle: (cache: object, how: { readonly plain: true; readonly types: 'style' }) => string;
  readonly StyleProvider: ComponentType<{ readonly cache: object; readonly children?: ReactNode }>;
}
const ofAntd = createRequire(createRequire(import.meta.url).resolve('antd'));
const { createCache, extractStyle, StyleProvider } = ofAntd('@ant-design/cssinjs') as Rules;

/** What most pages draw first, and what opens over them. antd makes the rules of everything else when it is first drawn. */
const FIRST = [
  createElement(Button, { key: 'button' }),
  createElement(Select, { key: 'select' }),
  createElement(Input, { key: 'input' }),
  createElement(Input.Search, { key: 'search' }),
  createElement(Popover, { key: 'popover' }, 'key'),
  createElement(Drawer, { key: 'drawer' }),
  createElement(Skeleton, { key: 'skeleton' }),
];

/**
 * The rules that antd would otherwise reckon out in the browser before it draws, a fifth of what a page computes at first. The file
 * names what it holds, and antd leaves that out. Colours are no part of it: rules name them as variables, which antd sets.
 */
export function antdStyles(): string {
  const [light, dark] = (['light', 'dark'] as const).map((shade) => {
    const cache = createCache();
    const drawn = createElement(ConfigProvider, { theme: antdThemeOf(shade) }, FIRST);
    renderToString(createElement(StyleProvider, { cache }, drawn));
    return extractStyle(cache, { plain: true, types: 'style' });
  });
  if (light === undefined || light !== dark) throw new Error('The rules of antd differ by shade: they cannot be one file.');
  return light;
}
