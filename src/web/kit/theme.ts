import { theme as antdTheme } from 'antd';
import type { ThemeConfig } from 'antd';
import { FONT, PALETTES } from './palette.ts';
import type { Shade } from './palette.ts';

/** `still`: who asked the system for less motion gets none; shortening it instead leaves pop-ups out of place. */
export function antdThemeOf(shade: Shade, still = false): ThemeConfig {
  const p = PALETTES[shade];
  return {
    algorithm: shade === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: p.accent,
      colorInfo: p.accent,
      colorLink: p.accent,
      colorError: p.alert,
      colorWarning: p.warn,
      colorSuccess: p.accent,
      colorBgContainer: p.panel,
      colorBgLayout: p.ground,
      colorBgElevated: p.panel,
      colorText: p.ink,
      colorTextSecondary: p.ink2,
      colorTextPlaceholder: p.ink3,
      colorBorder: shade === 'dark' ? '#4a5155' : '#c4c4bf',
      colorTextLightSolid: shade === 'dark' ? '#0c1516' : '#ffffff',
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 32,
      wireframe: false,
      motion: !still,
    },
    // One antd on the page: its rules need no name of a version before each.
    hashed: false,
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
  };
}
