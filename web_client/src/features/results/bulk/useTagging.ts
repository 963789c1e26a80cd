import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { changeRows, type Summary } from '@/components/results/pages';
import { changeLists } from '@/components/results/queries';
import { type TagsWish, tagsAfter } from './tagging';

/** Results of one request. */
const MOST_AT_ONCE = 500;
const MOST_SHOWN = 200;

/** The tags that there are, the commonest first. */
export const tagsQuery = queryOptions({
  queryKey: ['results', 'tags'],
  queryFn: ({ signal }) =>
    answer(api.GET('/api/v1/results/tags', { params: { query: { limit: MOST_SHOWN } }, signal })),
});

/** Change the tags of results, at the service and in the lists. */
export function useTagging(results: readonly Summary[]) {
  const queries = useQueryClient();
  return useMutation({
    meta: { shownInPlace: true },
    mutationFn: async (wish: TagsWish) => {
      const ids = results.map(({ id }) => id);
      for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
        const some = ids.slice(at, at + MOST_AT_ONCE);
        await answer(api.POST('/api/v1/results/tags', { body: { ids: some, ...wish } }));
        changeLists(queries, (pages) =>
          changeRows(pages, new Set(some), (row) => ({ ...row, tags: tagsAfter(row.tags, wish) })),
        );
      }
    },
    onSettled: () => {
      for (const key of ['counts', 'tags']) void queries.invalidateQueries({ queryKey: ['results', key] });
      for (const { id } of results) queries.removeQueries({ queryKey: ['result', id], type: 'inactive' });
    },
  });
}
