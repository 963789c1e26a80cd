import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { type Sentence, sentencesQuery } from '@/api/documents';

/** So many sentences before they are wanted, more are asked for. */
const AHEAD = 50;

interface Wanted {
  /** All before this one are wanted; where it is null, all before the first that `me` has not read. */
  until: number | null;
}

/** A document's sentences, as far as they are wanted. */
export function useSentences(documentId: string, { until }: Wanted) {
  const list = useInfiniteQuery(sentencesQuery(documentId));
  const sentences = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const first = firstUnread(sentences);
  const isShort = until === null ? first === null : sentences.length < until + AHEAD;
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetching, isError, fetchNextPage]);
  // Whoever reads for hours asks for texts that came after they began.
  const latest = useRef(sentences);
  useEffect(() => {
    latest.current = sentences;
  });
  const textOf = useCallback((index: number) => latest.current[index]?.text ?? '', []);
  return {
    sentences,
    textOf,
    /** Whether all that are wanted are there. */
    isLoaded: list.data !== undefined && !(isShort && hasNextPage),
    /** Where somebody begins who doesn't say; from the beginning once all is read. */
    first: first ?? (hasNextPage || !list.data ? null : 0),
    error: list.error,
    retry: () => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch()),
  };
}

function firstUnread(sentences: readonly Sentence[]): number | null {
  return sentences.find(({ is_read_by_me }) => !is_read_by_me)?.index ?? null;
}
