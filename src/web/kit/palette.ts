export type Shade = 'light' | 'dark';

/** The same values as `tokens.css`; charts and antd cannot read custom properties everywhere. */
export interface Palette {
  readonly panel: string;
  readonly ground: string;
  readonly sunken: string;
  readonly line: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly alert: string;
  readonly warn: string;
  /** Told apart by lightness too, so that a grey print still reads. */
  readonly series: readonly string[];
}

export const PALETTES: Readonly<Record<Shade, Palette>> = {
  light: {
    panel: '#ffffff',
    ground: '#f5f5f2',
    sunken: '#eeeeea',
    line: '#dededa',
    ink: '#1d2022',
    ink2: '#50565b',
    ink3: '#62686d',
    accent: '#0e6b74',
    alert: '#b3261e',
    warn: '#8a5300',
    series: ['#0e6b74', '#7a5c99', '#a06a2c', '#4a6fa5', '#6d7f3a', '#9a4f6b'],
  },
  dark: {
    panel: '#1a1d1f',
    ground: '#131516',
    sunken: '#222628',
    line: '#33383b',
    ink: '#e6e8e9',
    ink2: '#b4babe',
    ink3: '#959ca1',
    accent: '#5fb8c1',
    alert: '#ff8a7d',
    warn: '#e9b35c',
    series: ['#5fb8c1', '#b79ad6', '#d3a068', '#8fb0e0', '#a9bb72', '#d68fab'],
  },
};

export const FONT =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";
