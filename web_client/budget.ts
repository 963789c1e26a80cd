/** Fails a build in which a page that people come to first needs more script than it may. */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

export interface FirstPage {
  name: string;
  /** Ends of the modules that it waits for, besides the document's own. */
  modules: readonly string[];
  /** Of which features it shows the texts. */
  namespaces: readonly string[];
}

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
  for (const file of namedByDocument(bundle)) collect(bundle, file, files);
  for (const module of page.modules) collect(bundle, holderOf(bundle, module), files);
  const script = sum([...files].map((file) => weigh(bundle, file)));
  const languages = Object.values(textsOf(bundle, page.namespaces)).map((texts) =>
    sum(texts.filter((file) => !files.has(file)).map((file) => weigh(bundle, file))),
  );
  return script + Math.max(...languages);
}

/** The scripts that the document itself asks for. */
function namedByDocument(bundle: Bundle): string[] {
  const page = bundle['index.html'];
  if (page?.type !== 'asset') throw new Error('The build has no document.');
  const named = [...String(page.source).matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  return named.flatMap(([, file]) => file ?? []);
}

/** The files of texts by language. */
function textsOf(bundle: Bundle, namespaces: readonly string[]): Record<string, string[]> {
  const texts: Record<string, string[]> = {};
  for (const { moduleIds, fileName } of chunksOf(bundle)) {
    for (const id of moduleIds) {
      const [, namespace = '', code = ''] = /\/([^/]+)\/texts\/([^/]+)\.json$/.exec(id) ?? [];
      if (namespaces.includes(namespace)) texts[code] = [...(texts[code] ?? []), fileName];
    }
  }
  const incomplete = Object.keys(texts).filter((code) => texts[code]?.length !== namespaces.length);
  if (incomplete.length > 0 || !texts.en) throw new Error(`Texts are missing: ${incomplete.join(', ')}.`);
  return texts;
}

function holderOf(bundle: Bundle, module: string): string {
  const holder = chunksOf(bundle).find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
  if (!holder) throw new Error(`No file of the build holds ${module}.`);
  return holder.fileName;
}

/** Add a file and all that it can't begin without. */
function collect(bundle: Bundle, file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const chunk = bundle[file];
  for (const needed of chunk?.type === 'chunk' ? chunk.imports : []) collect(bundle, needed, files);
}

function chunksOf(bundle: Bundle): Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((output) => output.type === 'chunk');
}

function weigh(bundle: Bundle, file: string): number {
  const chunk = bundle[file];
  return chunk?.type === 'chunk' ? gzipSync(chunk.code, { level: 9 }).length : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
