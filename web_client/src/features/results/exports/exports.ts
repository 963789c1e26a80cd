/** Files of many results: asked for, put together by the service, fetched while they last. */
import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Export = Schemas['ExportShown'];
export type Format = Schemas['BundleWish']['formats'][number];

/** Those for reading first. */
export const FORMATS = ['txt', 'docx', 'srt', 'vtt', 'tsv', 'json'] as const satisfies readonly Format[];
/** Results of one file. */
export const MOST_RESULTS = 1_000;

const SHOWN = 10;
/** How long to wait before asking again how one stands: each time longer, in the end as long as the last. */
const PAUSES = [1_000, 1_000, 2_000, 3_000, 5_000, 8_000] as const;
const LONGEST_PAUSE = 13_000;
/** The address of a file is good for an hour at most. */
const WHILE_READY = 30 * 60_000;

/** The latest ones, newest first, as they stand when that is asked. */
export const exportsQuery = queryOptions({
  queryKey: ['results', 'exports'],
  queryFn: async ({ signal }) => {
    const query = { limit: SHOWN };
    return (await answer(api.GET('/api/v1/results/exports', { params: { query }, signal }))).items;
  },
});

/** One of them, asked for until it is ready. */
export function exportQuery(id: string) {
  return queryOptions({
    queryKey: ['results', 'export', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/results/exports/{export_id}', { params: { path: { export_id: id } }, signal })),
    refetchInterval: ({ state: { data, dataUpdateCount } }) => pauseAfter(dataUpdateCount, data),
  });
}

/** How long to wait with asking once more, after having asked so often. */
export function pauseAfter(asked: number, shown: Export | undefined): number | false {
  if (shown?.status === 'pending') return PAUSES[asked] ?? LONGEST_PAUSE;
  return shown?.url ? WHILE_READY : false;
}
