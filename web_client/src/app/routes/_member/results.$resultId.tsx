import { createFileRoute } from '@tanstack/react-router';
import { resultQuery } from '@/features/transcript/queries';
import { readTranscriptSearch } from '@/features/transcript/search';
import { TranscriptPage } from '@/features/transcript/TranscriptPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/$resultId')({
  validateSearch: readTranscriptSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps: { transcript = null } }) => {
    void context.queries.prefetchQuery(resultQuery(params.resultId, transcript)); // while the page's code is
    // The words for states and failures are those of the list.
    return loadTexts('transcript', 'results', 'player');
  },
  component: TranscriptPage,
});
