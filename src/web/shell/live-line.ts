/** What the line needs of an EventSource. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: () => void): void;
  close(): void;
}

export interface Hears {
  readonly topics: readonly string[];
  readonly onEvent: (topic: string) => void;
  /** `missed`: a new line knows nothing of what happened while there was none. */
  readonly onUp: (missed: boolean) => void;
  readonly onDown: () => void;
}

const CLOSED = 2;
const LONGEST_MS = 60_000;
const waitMs = (tries: number): number => Math.min(LONGEST_MS, 2000 * 2 ** tries);

/**
 * A line to the server's events that comes up again. A browser mends a broken one itself, but closes for good one that was refused
 * (502 while the server starts anew): that one is opened afresh, at ever longer waits up to a minute.
 */
export function openLine(connect: () => Source, { topics, onEvent, onUp, onDown }: Hears): () => void {
  let tries = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let source: Source;
  const open = (isAgain: boolean): void => {
    const line = connect();
    let missed = isAgain;
    source = line;
    for (const topic of topics) line.addEventListener(topic, () => onEvent(topic));
    line.addEventListener('open', () => {
      tries = 0;
      onUp(missed);
      missed = false;
    });
    line.addEventListener('error', () => {
      onDown();
      if (line.readyState === CLOSED) waiting = setTimeout(() => open(true), waitMs(tries++));
    });
  };
  open(false);
  return () => {
    clearTimeout(waiting);
    source.close();
  };
}
