import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  memo,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import { useTopOf } from '@/components/list/useTopOf';
import type { Draft } from '../Draft';
import { boxOf } from './caret';
import { LineRow } from './LineRow';
import { rowsShown, usualHeight } from './rows';

/** How to have a line in the page that may be far from what is in sight. */
export type Reach = (key: string) => HTMLElement | null;

interface LinesProps {
  draft: Draft;
  language: string | null;
  durationMs: number | null;
  sound: HTMLMediaElement | null;
  list: RefObject<HTMLOListElement | null>;
  reach: Ref<Reach>;
  /** Hears that other lines are in the page than before. */
  onDrawn: () => void;
}

const AHEAD = 12;

/** The lines in sight. The one that somebody is in shows what else there is to change of it. */
export const Lines = memo(function Lines({ list, reach, onDrawn, ...rest }: LinesProps) {
  const { draft } = rest;
  const keys = useSyncExternalStore(draft.subscribe, () => draft.lineKeys);
  const [active, setActive] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const was = useRef<string | null>(null);
  const top = useTopOf(list);
  const virtual = useWindowVirtualizer({
    count: keys.length,
    estimateSize: (at) => usualHeight(draft.line(keys[at] ?? '')?.text ?? '', list.current?.clientWidth),
    overscan: AHEAD,
    scrollMargin: top,
    getItemKey: (at) => keys[at] ?? at,
    // What has the focus, or is to get it, stays in the page wherever it is.
    rangeExtractor: (range) =>
      rowsShown(
        range,
        [active, wanted].map((key) => (key === null ? -1 : keys.indexOf(key))),
      ),
  });
  useImperativeHandle(reach, () => (key: string) => {
    flushSync(() => setWanted(key));
    return boxOf(list.current, key);
  });

  const measure = (key: string | null) => {
    const row = list.current?.querySelector<HTMLElement>(`[data-line="${key}"]`)?.parentElement;
    if (row) virtual.resizeItem(Number(row.dataset.index), row.offsetHeight);
  };
  const enter = ({ target }: FocusEvent) => {
    const row = target.closest<HTMLElement>('[data-line]');
    const key = row?.dataset.line ?? null;
    if (!row || key === was.current) return;
    const before = row.getBoundingClientRect().top;
    flushSync(() => setActive(key));
    flushSync(() => {
      measure(was.current);
      measure(key);
    });
    was.current = key;
    // What opens and closes around it does not move the line from under the pointer.
    window.scrollBy({ top: row.getBoundingClientRect().top - before, behavior: 'instant' });
  };

  const rows = virtual.getVirtualItems();
  const drawn = `${rows[0]?.key} ${rows.at(-1)?.key}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever others are in the page
  useEffect(() => onDrawn(), [drawn, onDrawn]);
  return (
    <ol ref={list} onFocus={enter} className="relative" style={{ blockSize: virtual.getTotalSize() }}>
      {rows.map(({ index, key, start }) => (
        <li
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          aria-setsize={keys.length}
          aria-posinset={index + 1}
          className="-inset-x-3 absolute top-0 pb-1"
          style={{ transform: `translateY(${start - top}px)` }}
        >
          <LineRow lineKey={String(key)} isActive={key === active} {...rest} />
        </li>
      ))}
    </ol>
  );
});
