import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';

interface Page<Item> {
  items: Item[];
}

interface EndlessProps<Item> {
  list: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  /** The feature whose texts know its failures better. */
  namespace: string;
  /** Shown where there is nothing. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list that goes on as one comes to its end. */
export function Endless<Item>({ list, namespace, empty, children }: EndlessProps<Item>) {
  const { t } = useTranslation('components');
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div role="status" className="sr-only">
        {items && t('list.shown', { count: items.length })}
      </div>
      {list.isPending && (
        <div className="flex justify-center py-16 text-2xl">
          <Spinner />
        </div>
      )}
      {items && (items.length > 0 ? children(items) : empty)}
      <ProblemNote
        error={list.error}
        namespace={namespace}
        className="mt-4"
        onRetry={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
      />
      {list.hasNextPage && !list.isError && (
        <More busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
    </>
  );
}

/** How far before the end the next page is fetched. */
const AHEAD = '600px';

function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const { t } = useTranslation('components');
  const button = useRef<HTMLButtonElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });

  useEffect(() => {
    if (!button.current || busy) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) more.current();
      },
      { rootMargin: AHEAD },
    );
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [busy]);

  return (
    <div className="mt-6 flex justify-center">
      <Button ref={button} busy={busy} onClick={onMore}>
        {t('list.more')}
      </Button>
    </div>
  );
}
