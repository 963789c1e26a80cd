import { createFileRoute } from '@tanstack/react-router';
import { listQuery } from '@/components/results/queries';
import { GalleryPage } from '@/features/gallery/GalleryPage';
import { SEEN } from '@/features/gallery/seen';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/gallery')({
  loader: ({ context }) => {
    void context.queries.prefetchInfiniteQuery(listQuery(SEEN)); // while the page's code is on its way
    return loadTexts('gallery', 'rendition');
  },
  component: GalleryPage,
});
