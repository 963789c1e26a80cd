import { type QueryClient, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { useToast } from '@/components/Toast';
import { dropRow, type Summary } from './pages';
import { listQuery } from './queries';

/** Results that are out of sight while their deletion can still be undone; kept from page to page. */
const HIDDEN = ['results', 'hidden'];
const NONE: readonly string[] = [];

export function useHidden(): readonly string[] {
  const { data } = useQuery<readonly string[]>({ queryKey: HIDDEN, queryFn: skipToken });
  return data ?? NONE;
}

/** Delete a result: it is out of sight at once, and deleted when nobody has undone it, or when the page is left. */
export function useDeleteWithUndo(): (result: Summary) => void {
  const queries = useQueryClient();
  const toast = useToast();
  const { t } = useTranslation('results');
  const { mutate } = useMutation({
    mutationFn: deleteResult,
    onSuccess: (_, id) => {
      queries.setQueryData(listQuery.queryKey, (pages) => pages && dropRow(pages, id));
      queries.removeQueries({ queryKey: ['result', id] });
    },
    onSettled: (_answer, _error, id) => show(queries, id),
  });

  return useCallback(
    ({ id, title }) => {
      let decided = false;
      const decide = (then: () => void) => {
        if (decided) return;
        decided = true;
        window.removeEventListener('pagehide', send);
        then();
      };
      const send = () => decide(() => mutate(id));
      hide(queries, id);
      window.addEventListener('pagehide', send);
      toast({
        text: t('deleted.text', { title }),
        action: {
          label: t('deleted.undo'),
          hint: t('deleted.hint', { title }),
          onPress: () => decide(() => show(queries, id)),
        },
        onGone: send,
      });
    },
    [queries, toast, t, mutate],
  );
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

function hide(queries: QueryClient, id: string): void {
  queries.setQueryData<readonly string[]>(HIDDEN, (hidden = NONE) => [...hidden, id]);
}

function show(queries: QueryClient, id: string): void {
  queries.setQueryData<readonly string[]>(HIDDEN, (hidden = NONE) => hidden.filter((one) => one !== id));
}
