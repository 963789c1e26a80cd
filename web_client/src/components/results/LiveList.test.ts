import { expect, test } from 'vitest';
import type { ResultNews } from '@/api/events';
import { answering, problem } from '@/test/answers';
import { quietQueries } from '@/test/render';
import { LiveList } from './LiveList';
import type { Summary } from './pages';
import { rowsOf } from './pages';
import { listQuery } from './queries';
import { summary } from './summary.fixture';

const LIST = 'GET /api/v1/results';
const { queryKey } = listQuery({});

function begin(...before: Summary[]) {
  return beginWith({ isPlain: true }, ...before);
}

function beginWith({ isPlain }: { isPlain: boolean }, ...before: Summary[]) {
  const queries = quietQueries();
  queries.setQueryData(queryKey, {
    pages: [{ items: before, next_cursor: null }],
    pageParams: [null],
  });
  const rows = () => {
    const pages = queries.getQueryData(queryKey);
    return pages ? rowsOf(pages) : [];
  };
  const shown = () => rows().map(({ id, status }) => `${id} ${status}`);
  return { live: new LiveList(queries, {}, isPlain), rows, shown };
}

const news = (id: string, status: ResultNews['status']): ResultNews => ({
  type: 'result',
  id,
  status,
  progress: 0.5,
  heard_ms: 0,
  duration_ms: null,
  error: null,
});

test('news of a row are written into it without a request', () => {
  const asked = answering({});
  const { live, shown } = begin(summary('a', { status: 'received' }));
  live.hear(news('a', 'transcribing'));
  expect(shown()).toEqual(['a transcribing']);
  expect(asked).toEqual([]);
});

test('news of another result have the top of the list read again', async () => {
  answering({ [LIST]: { items: [summary('b'), summary('a')], next_cursor: null } });
  const { live, shown } = begin(summary('a'));
  live.hear(news('b', 'received'));
  await expect.poll(shown).toEqual(['b completed', 'a completed']);
});

test('what is finished has its first words read, which no news brings', async () => {
  const excerpt = 'And Mr. John Dashwood…';
  answering({ [LIST]: { items: [summary('a', { excerpt })], next_cursor: null } });
  const { live, shown, rows } = begin(summary('a', { status: 'transcribing' }));
  live.hear(news('a', 'completed'));
  expect(shown()).toEqual(['a completed']);
  await expect.poll(() => rows().map((row) => row.excerpt)).toEqual([excerpt]);
});

test('what is deleted elsewhere goes', () => {
  answering({});
  const { live, shown } = begin(summary('b'), summary('a'));
  live.hear(news('b', 'deleting'));
  expect(shown()).toEqual(['a completed']);
});

test('what is heard while the list is read is not lost to the older answer', async () => {
  const { live, shown } = begin(summary('a', { status: 'received' }));
  let heard = false;
  answering({
    [LIST]: () => {
      if (!heard) live.hear(news('a', 'completed'));
      heard = true;
      return { items: [summary('a', { status: 'received' })], next_cursor: null };
    },
  });
  await live.refresh();
  expect(shown()).toEqual(['a completed']);
});

test('in a list of some results alone, a row whose state changes may have to go', async () => {
  answering({ [LIST]: { items: [], next_cursor: null } });
  const { live, shown } = beginWith({ isPlain: false }, summary('a', { status: 'transcribing' }));
  live.hear(news('a', 'failed'));
  await expect.poll(shown).toEqual([]);
});

test('there, what others are at is asked for when their state changes, not whenever they get on', async () => {
  const asked = answering({ [LIST]: { items: [summary('a')], next_cursor: null } });
  const { live } = beginWith({ isPlain: false }, summary('a'));
  for (const status of ['transcribing', 'transcribing', 'transcribing'] as const)
    live.hear(news('b', status));
  await expect.poll(() => asked.length).toBe(1);
  live.hear(news('b', 'completed'));
  await expect.poll(() => asked.length).toBe(2);
});

test('a failure to read leaves what is there', async () => {
  answering({ [LIST]: problem(503, 'unavailable') });
  const { live, shown } = begin(summary('a'));
  await live.refresh();
  expect(shown()).toEqual(['a completed']);
});
