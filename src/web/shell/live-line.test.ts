import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Source, openLine } from './live-line.ts';

class Line extends EventTarget implements Source {
  readyState = 0;
  close(): void {
    this.readyState = 2;
  }
  refuse(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }
}

describe('the line to the events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const opened = () => {
    const lines: Line[] = [];
    const heard: string[] = [];
    const connect = (): Source => {
      const line = new Line();
      lines.push(line);
      return line;
    };
    const close = openLine(connect, {
      topics: ['voices'],
      onEvent: (topic) => heard.push(topic),
      onUp: (missed) => heard.push(missed ? 'up, missed' : 'up'),
      onDown: () => heard.push('down'),
    });
    return { lines, heard, close };
  };

  it('is opened afresh after a refusal, ever more seldom, and says that something may have been missed', () => {
    const { lines, heard, close } = opened();
    lines[0]?.refuse();
    vi.advanceTimersByTime(2000);
    lines[1]?.refuse();
    vi.advanceTimersByTime(2000);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(2000);
    lines[2]?.dispatchEvent(new Event('open'));
    lines[2]?.dispatchEvent(new Event('voices'));
    expect(heard).toEqual(['down', 'down', 'up, missed', 'voices']);
    close();
  });

  it('is left to the browser while that tries by itself, and to nobody once it is closed', () => {
    const { lines, close } = opened();
    lines[0]?.dispatchEvent(new Event('error'));
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
    lines[0]?.refuse();
    close();
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
  });
});
