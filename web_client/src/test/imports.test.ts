import { expect, test } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../app/routeTree.gen.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** What each part may import, besides itself; a feature is a part of its own. */
const BELOW: Record<string, string[]> = {
  app: ['features', 'components', 'api', 'lib'],
  features: ['components', 'api', 'lib'],
  components: ['api', 'lib'],
  api: ['lib'],
  lib: [],
};

/** `features/results`, or `lib`. */
function partOf(path: string): string {
  const [part = '', feature] = path.split('/');
  return part === 'features' ? `${part}/${feature}` : part;
}

function importsOf(path: string, source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, name = '']) => {
    if (name.startsWith('@/')) return name.slice(2);
    return name.startsWith('.') ? new URL(name, `file:///${path}`).pathname.slice(1) : [];
  });
}

function mayImport(from: string, to: string): boolean {
  const [kind = ''] = from.split('/');
  return from === to || (BELOW[kind] ?? []).includes(to.split('/')[0] ?? '');
}

test('imports point down, and features know nothing of each other', () => {
  const wrong = Object.entries(sources).flatMap(([key, source]) => {
    const path = new URL(key, 'file:///test/').pathname.slice(1);
    if (path.startsWith('test/') || path.includes('.test.')) return [];
    const bad = importsOf(path, source).filter((name) => !mayImport(partOf(path), partOf(name)));
    return bad.map((name) => `${path} imports ${name}`);
  });
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

test('what would be wrong is seen', () => {
  const source =
    "import { a } from '@/features/results/a';\nconst b = import('../uploads/b');\nimport './c';";
  expect(importsOf('features/home/page.tsx', source)).toEqual([
    'features/results/a',
    'features/uploads/b',
    'features/home/c',
  ]);
  expect([mayImport('features/home', 'features/uploads'), mayImport('lib', 'components')]).toEqual([
    false,
    false,
  ]);
  expect([mayImport('features/home', 'features/home'), mayImport('app', 'features/home')]).toEqual([
    true,
    true,
  ]);
});
