/** Marks in a text that change nothing in it (https://drafts.csswg.org/css-highlight-api-1/). */
import './marks.css';

/** What can be marked; `marks.css` says how each looks. */
export type MarkName = 'spoken' | 'unsure' | 'found' | 'found-here';

/** The later, the more it covers. */
const ORDER: readonly MarkName[] = ['unsure', 'found', 'spoken', 'found-here'];

/** The place of marks of one kind; null in a browser that knows none. */
function highlightOf(name: MarkName): Highlight | null {
  if (typeof Highlight === 'undefined') return null;
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  made.priority = ORDER.indexOf(name);
  CSS.highlights.set(name, made);
  return made;
}

/** Mark stretches of the page; returns how to take these marks away again. */
export function mark(name: MarkName, ranges: readonly AbstractRange[]): () => void {
  const highlight = highlightOf(name);
  for (const range of ranges) highlight?.add(range);
  return () => {
    for (const range of ranges) highlight?.delete(range);
  };
}

/** A stretch of the text in an element, from a character up to another; null where it has none such. */
export function rangeIn(element: Node, from: number, until: number): StaticRange | null {
  const start = placeIn(element, from);
  const end = placeIn(element, until);
  if (!start || !end) return null;
  return new StaticRange({
    startContainer: start.node,
    startOffset: start.offset,
    endContainer: end.node,
    endOffset: end.offset,
  });
}

/** The node in which a character of an element's text stands, and where in it. */
export function placeIn(element: Node, at: number): { node: Text; offset: number } | null {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let past = 0;
  for (let node = nodes.nextNode() as Text | null; node; node = nodes.nextNode() as Text | null) {
    if (at <= past + node.length) return { node, offset: at - past };
    past += node.length;
  }
  return null;
}
