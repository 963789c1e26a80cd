import { expect, test } from 'vitest';
import {
  changeable,
  dropRow,
  mergePage,
  type Page,
  type Pages,
  patchRow,
  rowsOf,
  wouldStandAmong,
} from './pages';
import { summary } from './summary.fixture';

const page = (ids: string, next: string | null): Page => ({
  items: [...ids].map((id) => summary(id)),
  next_cursor: next,
});
const pages = (...all: Page[]): Pages => ({ pages: all, pageParams: all.map((_, at) => at) });
const ids = (all: Pages) =>
  rowsOf(all)
    .map(({ id }) => id)
    .join('');

// Newer ids are greater: 'z' is the newest.
const list = pages(page('hgf', 'f'), page('edc', 'c'), page('ba', null));

test('new rows come to the top, and push none out', () => {
  expect(ids(mergePage(list, 0, page('jih', 'h')))).toBe('jihgfedcba');
});

test('rows that are no more are gone, and those that moved up are there once', () => {
  expect(ids(mergePage(list, 0, page('hfe', 'e')))).toBe('hfedcba');
});

test('where a page that is read anew is the last one, nothing is below it', () => {
  expect(ids(mergePage(list, 1, page('ed', null)))).toBe('hgfed');
});

test('where nothing of a page is left, nobody knows what lies below it', () => {
  expect(ids(mergePage(list, 1, page('yx', 'x')))).toBe('hgfyx');
});

test('rows in any order keep it', () => {
  const byTitle = pages(page('bhd', 'd'), page('ag', null));
  expect(ids(mergePage(byTitle, 0, page('cbh', 'h')))).toBe('cbhdag');
});

test('an empty list becomes empty', () => {
  expect(ids(mergePage(list, 0, page('', null)))).toBe('');
});

test('news change one row, and leave the other pages as they are', () => {
  const news = {
    type: 'result',
    id: 'd',
    status: 'failed',
    progress: 0,
    heard_ms: 0,
    duration_ms: 1,
  } as const;
  const changed = patchRow(list, { ...news, error: { code: 'no_sound', message: 'Hush.' } });
  expect(rowsOf(changed).find(({ id }) => id === 'd')).toMatchObject({ status: 'failed', title: 'Title d' });
  expect(changed.pages[0]).toBe(list.pages[0]);
});

test('a dropped row is gone', () => {
  expect(ids(dropRow(list, 'd'))).toBe('hgfecba');
});

test('the first page may always have changed, others where work is under way', () => {
  const working = { items: [summary('c', { status: 'transcribing' })], next_cursor: 'c' };
  expect(changeable(pages(page('gf', 'f'), page('ed', 'd'), working))).toEqual([0, 2]);
});

test('a result that is not here would stand among the rows if it is newer than the last, or if all are here', () => {
  const begun = pages(page('hgf', 'f'));
  expect(wouldStandAmong(begun, 'z')).toBe(true);
  expect(wouldStandAmong(begun, 'a')).toBe(false);
  expect(wouldStandAmong(list, '0')).toBe(true);
});
