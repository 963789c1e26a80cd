/** What lies in a build: which files hold a page's code and its texts. */
import type { Rolldown } from 'vite';

export type Bundle = Rolldown.OutputBundle;

export interface FirstPage {
  name: string;
  /** Ends of the modules that it waits for, besides the document's own. */
  modules: readonly string[];
  /** Of which features it shows the texts. */
  namespaces: readonly string[];
}

/** The scripts that the document itself asks for. */
export function namedByDocument(html: string): string[] {
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  return named.flatMap(([, file]) => file ?? []);
}

/** The files of texts by language, each as often as it holds the texts of a feature. */
export function textsOf(bundle: Bundle, namespaces: readonly string[]): Record<string, string[]> {
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

export function holderOf(bundle: Bundle, module: string): string {
  const holder = chunksOf(bundle).find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
  if (!holder) throw new Error(`No file of the build holds ${module}.`);
  return holder.fileName;
}

/** Add a file and all that it can't begin without. */
export function collect(bundle: Bundle, file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const chunk = bundle[file];
  for (const needed of chunk?.type === 'chunk' ? chunk.imports : []) collect(bundle, needed, files);
}

function chunksOf(bundle: Bundle): Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((output) => output.type === 'chunk');
}
