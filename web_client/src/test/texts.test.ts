import { expect, test } from 'vitest';
import { placeOf } from '@/lib/languages';

const files = import.meta.glob<object>(['../*/texts/*.json', '../{components,features}/*/texts/*.json'], {
  eager: true,
  import: 'default',
});

/** The keys of texts, without the forms that plurals take in a language. */
function keysOf(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'object'
      ? keysOf(text, `${before}${key}.`)
      : [before + key.replace(/_(?:zero|one|two|few|many|other)$/, '')],
  );
}

const places = Object.keys(files).map((path) => ({ path, ...placeOf(path) }));

test.each(places.filter(({ code }) => code !== 'en'))(
  '$path says all that English says',
  ({ path, namespace }) => {
    const english = places.find((place) => place.code === 'en' && place.namespace === namespace);
    // What the API says in English needs sentences of our own in the other languages alone.
    const wanted = (texts: object) => new Set(keysOf(texts).filter((key) => !key.startsWith('problems.')));
    expect([...wanted(files[path] ?? {})].sort()).toEqual(
      [...wanted(files[english?.path ?? ''] ?? {})].sort(),
    );
  },
);
