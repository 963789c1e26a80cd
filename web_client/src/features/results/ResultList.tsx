import { useQueryClient } from '@tanstack/react-query';
import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopOf } from '@/components/list/useTopOf';
import type { Summary } from '@/components/results/pages';
import { ResultRow, type RowDeeds } from './ResultRow';

const USUAL_HEIGHT = 111;
const AHEAD = 10;
/** So many rows before the end, more are asked for. */
const NEAR = 25;
/** How high rows were, so that whoever comes back is where they left. */
const HEIGHTS = ['results', 'heights'];

interface ResultListProps extends RowDeeds {
  rows: Summary[];
  /** How many there are, or null while nobody knows. */
  total: number | null;
  chosen: ReadonlySet<string>;
  onNearEnd: () => void;
}

/** Rows, of which only those in sight are in the page. */
export function ResultList({ rows, total, chosen, onNearEnd, ...deeds }: ResultListProps) {
  const { t } = useTranslation('results');
  const list = useRef<HTMLUListElement>(null);
  const queries = useQueryClient();
  const [heights] = useState(() => queries.getQueryData<VirtualItem[]>(HEIGHTS) ?? []);
  const top = useTopOf(list);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => USUAL_HEIGHT,
    overscan: AHEAD,
    scrollMargin: top,
    getItemKey: (at) => rows[at]?.id ?? at,
    initialMeasurementsCache: heights,
  });
  useEffect(() => () => void queries.setQueryData(HEIGHTS, virtual.takeSnapshot()), [queries, virtual]);

  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR) onNearEnd();
  });

  return (
    <ul
      ref={list}
      aria-label={t('title')}
      className="relative border-line border-t"
      style={{ blockSize: virtual.getTotalSize() }}
    >
      {shown.map(({ index, key, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={total ?? -1}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - top}px)` }}
            >
              <ResultRow result={row} isChosen={chosen.has(row.id)} {...deeds} />
            </li>
          )
        );
      })}
    </ul>
  );
}
