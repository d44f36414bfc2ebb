import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { queries } from '../api/queries.ts';
import { useLocale } from '../kit/locale.ts';
import { ShadeContext } from '../kit/shade.tsx';
import { antdThemeOf } from '../kit/theme.ts';
import { router } from './routes.tsx';
import { ThemeContext } from './theme-context.ts';
import { useTheme } from './theme-choice.ts';

const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

export function App() {
  const theme = useTheme();
  const locale = useLocale();
  const look = useMemo(() => antdThemeOf(theme.shade, still), [theme.shade]);
  return (
    <ThemeContext value={theme}>
      <ShadeContext value={theme.shade}>
        <ConfigProvider theme={look} locale={locale === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
          <QueryClientProvider client={queries}>
            {/* A press is answered at once: as a transition, a sort of a long table would be drawn in slices, begun anew by any other news. */}
            <RouterProvider router={router} useTransitions={false} />
          </QueryClientProvider>
        </ConfigProvider>
      </ShadeContext>
    </ThemeContext>
  );
}
