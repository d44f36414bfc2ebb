/** Events in columns, as they come: one number per event. Times are whole minutes. */
export interface EventColumns {
  /** 0 … subjects − 1 */
  readonly subjects: Uint32Array;
  readonly times: Int32Array;
  /** Below `exposureTypes`: an exposure of that type; from there on: an outcome of type code − exposureTypes. */
  readonly codes: Uint16Array;
}

/** The same by subject, then time: the events of subject i stand at `starts[i]` … `starts[i + 1]`. */
export interface SortedEvents {
  readonly starts: Uint32Array;
  readonly times: Int32Array;
  readonly codes: Uint16Array;
  /** Where each stood before. */
  readonly rows: Uint32Array;
}

/**
 * Radix sort with the subject as its one digit (counting sort), then insertion within each subject, which costs nothing where
 * events came in the order of time. Equal times go by code, so that the result does not hang on the order of arrival.
 */
export function sortEvents(events: EventColumns, subjects: number): SortedEvents {
  const size = events.times.length;
  const starts = startsOf(events.subjects, subjects);
  const places = starts.slice();
  const times = new Int32Array(size);
  const codes = new Uint16Array(size);
  const rows = new Uint32Array(size);
  for (let row = 0; row < size; row++) {
    const subject = events.subjects[row] as number;
    const at = places[subject] as number;
    places[subject] = at + 1;
    times[at] = events.times[row] as number;
    codes[at] = events.codes[row] as number;
    rows[at] = row;
  }
  for (let subject = 0; subject < subjects; subject++)
    orderByTime(times, codes, rows, starts[subject] as number, starts[subject + 1] as number);
  return { starts, times, codes, rows };
}

function startsOf(subjects: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < subjects.length; row++) {
    const next = (subjects[row] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  return starts;
}

/** Above so many events of one subject insertion would take too long. */
const BY_INSERTION = 48;

function orderByTime(times: Int32Array, codes: Uint16Array, rows: Uint32Array, from: number, before: number): void {
  if (before - from > BY_INSERTION) return orderMany(times, codes, rows, from, before);
  for (let i = from + 1; i < before; i++) {
    const [time, code] = [times[i] as number, codes[i] as number];
    let at = i;
    while (at > from && isLater(times[at - 1] as number, codes[at - 1] as number, time, code)) at--;
    if (at === i) continue;
    const row = rows[i] as number;
    times.copyWithin(at + 1, at, i);
    codes.copyWithin(at + 1, at, i);
    rows.copyWithin(at + 1, at, i);
    times[at] = time;
    codes[at] = code;
    rows[at] = row;
  }
}

const isLater = (time: number, code: number, thanTime: number, thanCode: number): boolean =>
  time > thanTime || (time === thanTime && code > thanCode);

function orderMany(times: Int32Array, codes: Uint16Array, rows: Uint32Array, from: number, before: number): void {
  let ordered = true;
  for (let i = from + 1; i < before && ordered; i++)
    ordered = !isLater(times[i - 1] as number, codes[i - 1] as number, times[i] as number, codes[i] as number);
  if (ordered) return;
  const order = Array.from({ length: before - from }, (_, i) => from + i).toSorted(
    (a, b) => (times[a] as number) - (times[b] as number) || (codes[a] as number) - (codes[b] as number) || a - b,
  );
  const moved = order.map((at) => [times[at] as number, codes[at] as number, rows[at] as number] as const);
  moved.forEach(([time, code, row], i) => {
    times[from + i] = time;
    codes[from + i] = code;
    rows[from + i] = row;
  });
}
