import { afterEach, expect, it, vi } from 'vitest';
import { askAhead, forgetAhead, takeAhead, toldAhead } from './ahead.ts';

afterEach(() => {
  forgetAhead();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function answering(status: number): void {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(Response.json({ path }, { status })));
}

it('an answer asked ahead can be read and still be taken, once', async () => {
  answering(200);
  askAhead('/api/me');
  expect(await toldAhead('/api/me')).toEqual({ path: '/api/me' });
  expect(await (await takeAhead('/api/me', {}))?.json()).toEqual({ path: '/api/me' });
  expect(takeAhead('/api/me', {})).toBeUndefined();
});

it('a question is taken by whoever asks the same words, and by nobody else', () => {
  answering(200);
  askAhead('/api/ask', { method: 'POST', body: '{"by":["day"]}' });
  expect(takeAhead('/api/ask', {})).toBeUndefined();
  expect(takeAhead('/api/ask', { method: 'POST', body: '{"by":["city"]}' })).toBeUndefined();
  expect(takeAhead('/api/ask', { method: 'POST', body: '{"by":["day"]}' })).toBeDefined();
});

it('a refusal tells nothing ahead, and what is old is forgotten', async () => {
  answering(401);
  askAhead('/api/me');
  await expect(toldAhead('/api/me')).rejects.toThrow('/api/me');
  vi.advanceTimersByTime(15_000);
  expect(takeAhead('/api/me', {})).toBeUndefined();
});
