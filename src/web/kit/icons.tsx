/** Stroke icons, 18 px, drawn in the colour of the text beside them; always next to a word, so hidden from readers. */
const PATHS = {
  overview: 'M3 10.5 9 5l6 5.5M5 9v6h8V9',
  explorer: 'M3 15V9M7 15V4M11 15v-4M15 15V7',
  voices: 'M3 4h12v8H8l-3 3v-3H3z',
  alarms: 'M9 3a4 4 0 0 1 4 4v3l1.5 2.5h-11L5 10V7a4 4 0 0 1 4-4zM7.5 15h3',
  orders: 'M4 3h10v12H4zM6.5 7h5M6.5 10h5',
  imports: 'M9 3v8M6 8l3 3 3-3M3 13v2h12v-2',
  organisation: 'M9 3v4M4 11V8h10v3M2.5 11h3v3h-3zM12.5 11h3v3h-3zM7.5 3h3v3h-3z',
  audit: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM11.5 11.5 15 15',
  system: 'M3 5h12M3 9h12M3 13h12M6 3.5v3M11 7.5v3M7 11.5v3',
  more: 'M3 5h12M3 9h12M3 13h12',
  close: 'M4.5 4.5l9 9M13.5 4.5l-9 9',
  plus: 'M9 4v10M4 9h10',
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
