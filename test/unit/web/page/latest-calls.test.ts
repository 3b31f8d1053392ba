import { expect, test } from 'vitest';
import { latestCalls, mostLatest } from '../../../../src/web/page/live/latest-calls.js';

const now = Date.UTC(2026, 10, 29, 12);
const perPage = 10;

/** Records of one call every so many minutes until now, as the box tells them: the earliest first, a page at a time. */
function box(everyMinutes: number) {
  const asked: string[] = [];
  const ask = async (from: string, after: string | undefined) => {
    asked.push(from);
    const count = Math.floor((now - Date.parse(from)) / (everyMinutes * 60_000));
    const all = Array.from({ length: count }, (_, index) => ({ to: String(count - index) }));
    const start = after === undefined ? 0 : Number(after);
    const next = start + perPage < count ? String(start + perPage) : null;
    return { entries: all.slice(start, start + perPage) as never[], next };
  };
  return { ask, asked };
}

test('the newest calls are shown, however many there were', async () => {
  const { ask, asked } = box(1);
  const { entries } = await latestCalls(ask, now);
  expect(entries.map(({ to }) => to)).toEqual(Array.from({ length: mostLatest }, (_, at) => String(mostLatest - at)));
  expect(new Set(asked)).toEqual(new Set(['2026-11-29T11:00:00.000Z']));
});

test('where few have ended within the hour, earlier ones are shown too', async () => {
  const { entries } = await latestCalls(box(30).ask, now);
  expect(entries.at(-1)).toEqual({ to: '1' });
  expect(entries).toHaveLength(mostLatest);
  expect((await latestCalls(box(600).ask, now)).entries).toHaveLength(1);
});
