/** Fails a build in which a page that people come to first needs more script than it may. */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { type Bundle, collect, type FirstPage, holderOf, namedByDocument, textsOf } from './bundle.ts';

export function budget(mostBytes: number, pages: readonly FirstPage[]): Plugin {
  return {
    name: 'lectern-budget',
    apply: 'build',
    enforce: 'post',
    writeBundle(_options, bundle) {
      for (const page of pages) {
        const bytes = heaviest(bundle, page);
        const told = `${page.name} loads ${bytes} bytes of script, gzipped; it may load ${mostBytes}.`;
        if (bytes > mostBytes) this.error(told);
        this.info(told);
      }
    },
  };
}

/** How much a page loads in the language with the longest texts. */
function heaviest(bundle: Bundle, page: FirstPage): number {
  const files = new Set<string>();
  for (const file of namedByDocument(documentOf(bundle))) collect(bundle, file, files);
  for (const module of page.modules) collect(bundle, holderOf(bundle, module), files);
  const script = sum([...files].map((file) => weigh(bundle, file)));
  const languages = Object.values(textsOf(bundle, page.namespaces)).map((texts) =>
    sum([...new Set(texts)].filter((file) => !files.has(file)).map((file) => weigh(bundle, file))),
  );
  return script + Math.max(...languages);
}

function documentOf(bundle: Bundle): string {
  const page = bundle['index.html'];
  if (page?.type !== 'asset') throw new Error('The build has no document.');
  return String(page.source);
}

function weigh(bundle: Bundle, file: string): number {
  const chunk = bundle[file];
  return chunk?.type === 'chunk' ? gzipSync(chunk.code, { level: 9 }).length : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
