/** Writes into the document what its pages are going to ask for, for `public/early.js` to ask sooner. */
import type { Plugin } from 'vite';
import { collect, type FirstPage, holderOf, namedByDocument, textsOf } from './bundle.ts';

export interface EarlyPage extends FirstPage {
  /** Its address, or the beginning of it up to the last slash. */
  path: string;
}

const EMPTY = '<script type="application/json" id="early">{}</script>';

export function early(pages: readonly EarlyPage[]): Plugin {
  return {
    name: 'lectern-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!bundle) throw new Error('There is no build to look into.');
        const known = new Set<string>();
        for (const file of namedByDocument(html)) collect(bundle, file, known);
        const told = pages.map(({ path, modules, namespaces }) => {
          const files = new Set(known);
          for (const module of modules) collect(bundle, holderOf(bundle, module), files);
          const scripts = [...files].filter((file) => !known.has(file)).map(addressOf);
          const texts = Object.entries(textsOf(bundle, namespaces)).map(([code, held]) => [
            code,
            [...new Set(held)].filter((file) => !files.has(file)).map(addressOf),
          ]);
          return [path, { scripts, texts: Object.fromEntries(texts) }];
        });
        if (!html.includes(EMPTY)) throw new Error(`The document has no ${EMPTY}.`);
        return html.replace(EMPTY, EMPTY.replace('{}', JSON.stringify(Object.fromEntries(told))));
      },
    },
  };
}

function addressOf(file: string): string {
  return `/${file}`;
}
