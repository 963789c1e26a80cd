import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { type Result, resultQuery } from '../queries';
import { changed, type Labels, merged } from './labels';

type Known = Labels & Pick<Result, 'revision'>;

/** Changes what is written about a result, with what others write meanwhile taken in. */
export function useLabels(result: Result, onSaved: () => void) {
  const queries = useQueryClient();
  const [known, setKnown] = useState<Known>(result);
  const [labels, setLabels] = useState<Labels>({
    title: result.title,
    tags: result.tags,
    notes: result.notes,
  });
  const [clashes, setClashes] = useState<Partial<Labels>>({});

  /** Save; returns what somebody else has made of the same, where one has to choose first. */
  const send = async (mine: Labels, on: Known): Promise<Partial<Labels>> => {
    try {
      await answer(
        api.PATCH('/api/v1/results/{result_id}', {
          params: { path: { result_id: result.id }, header: { 'if-match': `"${on.revision}"` } },
          body: changed(on, mine),
        }),
      );
      return {};
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error;
    }
    const theirs = await queries.fetchQuery({ ...resultQuery(result.id, null), staleTime: 0 });
    const both = merged(on, mine, theirs);
    setKnown(theirs);
    setLabels(both.labels);
    if (Object.keys(both.clashes).length > 0) return both.clashes;
    return send(both.labels, theirs);
  };
  const saving = useMutation({
    mutationFn: () => {
      const mine = { ...labels, title: labels.title.trim(), notes: labels.notes.trim() };
      return Object.keys(changed(known, mine)).length > 0 ? send(mine, known) : Promise.resolve({});
    },
    meta: { shownInPlace: true },
    onSuccess: async (clashing) => {
      setClashes(clashing);
      if (Object.keys(clashing).length > 0) return;
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['result', result.id] }),
        queries.invalidateQueries({ queryKey: ['results'] }),
      ]);
      onSaved();
    },
  });
  const change = (wish: Partial<Labels>) => {
    setLabels({ ...labels, ...wish });
    const settled = Object.keys(wish);
    setClashes(Object.fromEntries(Object.entries(clashes).filter(([field]) => !settled.includes(field))));
  };
  return { labels, clashes, change, saving };
}
