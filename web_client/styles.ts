/** Writes the styles into the document: nothing can be painted without them, and a file of their own is asked for later. */
import type { Plugin } from 'vite';

export function stylesWithin(): Plugin {
  let styles = '';
  return {
    name: 'lectern-styles-within',
    apply: 'build',
    generateBundle: {
      // Before Vite writes down which pages wait for which files of styles: there are none then.
      order: 'pre',
      handler(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type === 'chunk') output.viteMetadata?.importedCss.clear();
          else if (output.fileName.endsWith('.css')) {
            styles += output.source;
            delete bundle[output.fileName];
          }
        }
      },
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        if (!styles) throw new Error('The build has no styles.');
        return html.replace('</head>', () => `<style>${styles.trim()}</style>\n  </head>`);
      },
    },
  };
}
