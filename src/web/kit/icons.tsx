/** Stroke icons, 18 px, drawn in the colour of the text beside them; always next to a word, so hidden from readers. */
const PATHS = {
  overview: 'M3 10.5 9 5l6 5.5M5 9v6h8V9',
  record: 'M4 14.5l.8-3.2 7-7 2.4 2.4-7 7zM10.3 5.8l2.4 2.4M4 15.5h10',
  agreement: 'M3 9.5l3 3 5-6M8.5 12l.8.8 5.7-6.6',
  funnel: 'M3 4h12l-4.5 5.5V15l-3-1.8V9.5z',
  levels: 'M3 15h2.5v-3H3zM7 15h2.5V9H7zM11 15h2.5V5.5H11zM3 8l4-3.5 3 1L14.5 2.5',
  explorer: 'M3 15V9M7 15V4M11 15v-4M15 15V7',
  voices: 'M3 4h12v8H8l-3 3v-3H3z',
  handling: 'M3 5h12M3 9h12M3 13h12M6 3v12M12 3v12',
  peaks: 'M2 14l4-9 3 5 2.5-3.5L16 14M2 9.5h14',
  satisfaction: 'M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM6.5 10.5c1.4 1.6 3.6 1.6 5 0M7 7h0M11 7h0',
  models: 'M3 15h12M4 12c2.5 0 3.5-7 6-7 2 0 2.5 3 4.5 3M13 3v2M15 5h-2',
  alarms: 'M9 3a4 4 0 0 1 4 4v3l1.5 2.5h-11L5 10V7a4 4 0 0 1 4-4zM7.5 15h3',
  orders: 'M4 3h10v12H4zM6.5 7h5M6.5 10h5',
  imports: 'M9 3v8M6 8l3 3 3-3M3 13v2h12v-2',
  organisation: 'M9 3v4M4 11V8h10v3M2.5 11h3v3h-3zM12.5 11h3v3h-3zM7.5 3h3v3h-3z',
  knowledge: 'M9 3v12M9 6H4.5M9 6h4.5M9 11H5.5M9 11h3.5M3 6h0M15 6h0',
  segments: 'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM2 15c0-3 1.8-4.5 4-4.5S10 12 10 15M12 8.5a2 2 0 1 0 0-4M12.5 10.5c2 0 3.5 1.5 3.5 4',
  experiments: 'M7 3h4M8 3v4l-4 7.5h10L10 7V3M6 11h6',
  pairs: 'M3 5.5h4.5a3 3 0 0 1 3 3v1a3 3 0 0 0 3 3H15M12.5 10l2.5 2.5-2.5 2.5M3 5.5h0',
  audit: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM11.5 11.5 15 15',
  system: 'M3 5h12M3 9h12M3 13h12M6 3.5v3M11 7.5v3M7 11.5v3',
  more: 'M3 5h12M3 9h12M3 13h12',
  close: 'M4.5 4.5l9 9M13.5 4.5l-9 9',
  plus: 'M9 4v10M4 9h10',
  copy: 'M6 6h8v9H6zM4 12V3h8',
  columns: 'M3 4h12v10H3zM7 4v10M11 4v10',
  rows: 'M3 4h12M3 9h12M3 14h12',
  search: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM11.7 11.7 15 15',
  star: 'M9 3l1.9 3.8 4.1.6-3 2.9.7 4.1L9 12.5l-3.7 1.9.7-4.1-3-2.9 4.1-.6z',
  download: 'M9 3v8M6 8l3 3 3-3M4 15h10',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Brand() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M23 16a7 7 0 1 1-2.6-5.4" fill="none" stroke="var(--accent-ink)" strokeWidth="2.6" strokeLinecap="round" />
      <path
        d="M11.8 16.4l3 3 6.6-8.2"
        fill="none"
        stroke="var(--accent-ink)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
