import { useMemo } from 'react';
import { differenceOf } from './words';

interface DifferenceProps {
  before: string;
  after: string;
  /** Words that are gone are left out: the other text stands beside this one. */
  onlyAfter?: boolean;
}

/** What has become of a text: words that are gone are struck out, before those in their place. */
export function Difference({ before, after, onlyAfter = false }: DifferenceProps) {
  const stretches = useMemo(() => differenceOf(before, after), [before, after]);
  return stretches.map(({ kind, text }, place) => {
    const key = `${place}-${kind}`;
    if (kind === 'removed') {
      return onlyAfter ? null : (
        <del key={key} className="rounded-sm bg-danger-soft text-danger decoration-1">
          {text}
        </del>
      );
    }
    if (kind === 'added') {
      return (
        <ins key={key} className="rounded-sm bg-success-soft text-success no-underline">
          {text}
        </ins>
      );
    }
    return <span key={key}>{text}</span>;
  });
}
