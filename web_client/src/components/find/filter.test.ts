import { expect, test } from 'vitest';
import { activeOf } from './active';
import { isPlain, NO_FILTER, type ResultFilter, readResultFilter, toggled, wantedOf } from './filter';

const known = (search: object) => JSON.parse(JSON.stringify(readResultFilter({ ...search })));

test.each([
  [{ tag: 'work' }, { tag: ['work'] }, 'one value needs no brackets'],
  [{ tag: ['b', 'a', 'b'] }, { tag: ['b', 'a'] }, 'each value counts once'],
  [{ status: ['nonsense', 'failed'] }, { status: ['failed'] }, 'states that there are not are left out'],
  [{ status: 'deleting' }, {}, 'nobody looks for what is being deleted'],
  [{ q: 12 }, { q: '12' }, 'a number that is searched for is a word'],
  [{ q: true }, { q: 'true' }, 'and so is a truth'],
  [{ q: '  ' }, {}, 'blanks are nothing'],
  [{ q: 'a'.repeat(300) }, { q: 'a'.repeat(200) }, 'nobody searches for more than the service takes'],
  [{ sort: '-title' }, { sort: '-title' }, 'an order is kept'],
  [{ sort: 'size' }, {}, 'one that there is not is none'],
  [{ from: '2026-11-21', to: '2026-13-01' }, { from: '2026-11-21' }, 'a day has to be one'],
  [{ shortest: 1.5, longest: -1 }, { shortest: 1.5 }, 'and a length as well'],
  [{ flag: 'DROP', engine: ['whisper', 'ear'], language: 'h' }, { engine: ['whisper'] }, 'words are checked'],
  [{ other: 'thing' }, {}, 'what is no filter is none'],
] as [object, object, string][])('%j is read as %j: %s', (search, filter) => {
  expect(known(search)).toEqual(filter);
});

test('the service is asked in moments and milliseconds, until the last day is over', () => {
  const wanted = wantedOf({ q: 'sea', from: '2026-11-21', to: '2026-11-21', shortest: 0.5, tag: ['work'] });
  const begin = new Date('2026-11-21T00:00');
  const end = new Date('2026-11-22T00:00');
  expect(wanted).toEqual({
    q: 'sea',
    tag: ['work'],
    created_from: begin.toISOString(),
    created_to: end.toISOString(),
    shortest_ms: 30_000,
  });
});

test('what is filtered by can be taken away one by one, and nothing is left', () => {
  const filter: ResultFilter = { q: 'sea', status: ['failed', 'completed'], origin: 'recital', longest: 5 };
  expect(activeOf(filter)).toHaveLength(4);
  let left = filter;
  for (let [one] = activeOf(left); one; [one] = activeOf(left)) left = { ...left, ...one.without };
  expect(activeOf(left)).toEqual([]);
  expect(left.q).toBe('sea');
  expect(isPlain({ ...left, q: undefined })).toBe(true);
});

test('all filters go at once', () => {
  expect(
    isPlain({ ...readResultFilter({ tag: 'a', from: '2026-01-01', kind: 'video' }), ...NO_FILTER }),
  ).toBe(true);
});

test('the last value that is taken away leaves none', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a'], 'a')).toBeUndefined();
});
