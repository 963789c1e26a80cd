import type { Snippet } from '@/api/results';

/** A stretch of text in which what was searched for is marked. */
export function Marked({ snippet }: { snippet: Snippet }) {
  let at = 0;
  return snippet.map(({ text, is_hit }) => {
    const key = at;
    at += text.length;
    return is_hit ? (
      <mark key={key} className="rounded-xs bg-warning-soft px-0.5 font-medium text-ink">
        {text}
      </mark>
    ) : (
      text
    );
  });
}
