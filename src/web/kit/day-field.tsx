import { useRef, useState } from 'react';

/**
 * A day that applies by itself. One typed counts when the field is left or by Enter: while the year is typed, 0002 and 0020 are days,
 * too. One picked from the calendar counts at once.
 */
export function DayField({ label, day, onDay }: { readonly label: string; readonly day: string; readonly onDay: (day: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const typing = useRef(false);
  const apply = (): void => {
    typing.current = false;
    setDraft(null);
    if (draft !== null && draft !== day) onDay(draft);
  };
  return (
    <input
      className="date-input"
      type="date"
      aria-label={label}
      value={draft ?? day}
      onPointerDown={() => (typing.current = false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
        else typing.current = true;
      }}
      onChange={(event) => {
        if (typing.current) setDraft(event.target.value);
        else onDay(event.target.value);
      }}
      onBlur={apply}
    />
  );
}
