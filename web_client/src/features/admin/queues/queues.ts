/** How work stands, and what has gone wrong with it. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { TaskKind, TaskState } from '../search';

export type MessageQueue = Schemas['MessageQueueShown'];
export type TaskQueue = Schemas['TaskQueueShown'];
export type DeadLetter = Schemas['DeadLetterShown'];
export type Task = Schemas['TaskShown'];

const KEY = ['admin', 'queues'];
const EVERY = 10_000;
/** Dead letters that are shown at once; more are seldom read. */
const MOST_LETTERS = 50;

/** How full every queue is, asked anew as long as somebody looks. */
export function useQueues() {
  return useQuery({
    queryKey: [...KEY, 'all'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/admin/queues', { signal })),
    refetchInterval: EVERY,
  });
}

/** The oldest dead letters of a queue. Each look counts as a receipt, so nothing looks by itself. */
export function useDeadLetters(name: string) {
  return useQuery({
    queryKey: [...KEY, 'dead-letters', name],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/admin/queues/{name}/dead-letters', {
          params: { path: { name }, query: { limit: MOST_LETTERS } },
          signal,
        }),
      ),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Send dead letters back to where they died: those with the ids, or all. */
export function useRedrive(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) =>
      answer(
        api.POST('/api/v1/admin/queues/{name}/redrive', {
          params: { path: { name } },
          body: ids && { ids },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Delete all dead letters of a queue. */
export function usePurge(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/admin/queues/{name}/dead-letters', { params: { path: { name } } })),
    meta: { shownInPlace: true },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Do now what is done regularly. */
export function useSweep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/admin/sweep')),
    onSettled: () => queries.invalidateQueries({ queryKey: [...KEY, 'all'] }),
  });
}

export function useTasks(state: TaskState, kind: TaskKind | undefined) {
  return useInfiniteQuery({
    queryKey: ['admin', 'tasks', { state, kind }],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/admin/tasks', {
          params: { query: { state, kind: kind ?? null, limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}
