import { type QueryClient, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { dropRow, type Summary } from '@/components/results/pages';
import { changeLists } from '@/components/results/queries';
import { useToast } from '@/components/Toast';

/** Results that are out of sight while their deletion can still be undone; kept from page to page. */
const HIDDEN = ['results', 'hidden'];
const NONE: readonly string[] = [];

export function useHidden(): readonly string[] {
  const { data } = useQuery<readonly string[]>({ queryKey: HIDDEN, queryFn: skipToken });
  return data ?? NONE;
}

/** Delete results: they are out of sight at once, and deleted when nobody has undone it, or when the page is left. */
export function useDeleteWithUndo(): (results: readonly Summary[]) => void {
  const queries = useQueryClient();
  const toast = useToast();
  const { t } = useTranslation('results');
  const { mutate } = useMutation({
    mutationFn: ({ ids, isLeaving }: Deletion) => deleteResults(queries, ids, isLeaving),
    onSettled: (_answer, _error, { ids }) => {
      show(queries, ids);
      void queries.invalidateQueries({ queryKey: ['results', 'counts'] });
    },
  });

  return useCallback(
    (results) => {
      const ids = results.map(({ id }) => id);
      const named = { count: ids.length, title: results[0]?.title ?? '' };
      let decided = false;
      const decide = (then: () => void) => {
        if (decided) return;
        decided = true;
        window.removeEventListener('pagehide', leave);
        then();
      };
      const leave = () => decide(() => mutate({ ids, isLeaving: true }));
      hide(queries, ids);
      window.addEventListener('pagehide', leave);
      toast({
        text: t('deleted.text', named),
        action: {
          label: t('deleted.undo'),
          hint: t('deleted.hint', named),
          onPress: () => decide(() => show(queries, ids)),
        },
        onGone: () => decide(() => mutate({ ids, isLeaving: false })),
      });
    },
    [queries, toast, t, mutate],
  );
}

interface Deletion {
  ids: readonly string[];
  /** There is no time left to do one after the other. */
  isLeaving: boolean;
}

async function deleteResults(
  queries: QueryClient,
  ids: readonly string[],
  isLeaving: boolean,
): Promise<void> {
  const remove = async (id: string) => {
    await deleteResult(id);
    changeLists(queries, (pages) => dropRow(pages, id));
    queries.removeQueries({ queryKey: ['result', id] });
  };
  if (isLeaving) await Promise.all(ids.map(remove));
  else for (const id of ids) await remove(id);
}

async function deleteResult(id: string): Promise<void> {
  try {
    // Kept alive, because it may be sent while the page is going away.
    const wish = { params: { path: { result_id: id } }, keepalive: true };
    await answer(api.DELETE('/api/v1/results/{result_id}', wish));
  } catch (error) {
    // Somebody else has deleted it meanwhile, which is what was wished for.
    if (!(error instanceof Problem && error.status === 404)) throw error;
  }
}

function hide(queries: QueryClient, ids: readonly string[]): void {
  queries.setQueryData<readonly string[]>(HIDDEN, (hidden = NONE) => [...hidden, ...ids]);
}

function show(queries: QueryClient, ids: readonly string[]): void {
  queries.setQueryData<readonly string[]>(HIDDEN, (hidden = NONE) =>
    hidden.filter((one) => !ids.includes(one)),
  );
}
