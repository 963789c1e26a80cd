import { createFileRoute } from '@tanstack/react-router';
import { pickFilter } from '@/components/find/address';
import { listQuery, OWN } from '@/components/results/queries';
import { ResultsPage } from '@/features/results/ResultsPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/')({
  validateSearch: pickFilter,
  loader: ({ context, location }) => {
    // Everything is on its way while the page's code is; of a part of it, the page knows how to ask.
    if (location.searchStr === '') void context.queries.prefetchInfiniteQuery(listQuery(OWN));
    return loadTexts('find', 'results', 'rendition');
  },
  component: ResultsPage,
});
