import { createFileRoute } from '@tanstack/react-router';
import { listQuery } from '@/features/results/queries';
import { ResultsPage } from '@/features/results/ResultsPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/')({
  loader: ({ context }) => {
    void context.queries.prefetchInfiniteQuery(listQuery); // on its way while the page's code is
    return loadTexts('results');
  },
  component: ResultsPage,
});
