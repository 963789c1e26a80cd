import { createFileRoute, Outlet } from '@tanstack/react-router';
import { RecitalTabs } from '@/components/recital/RecitalTabs';
import { loadTexts } from '../../i18n';

/** What belongs to reading aloud, with the way from one page to the next. */
export const Route = createFileRoute('/_member/_reading')({
  loader: () => loadTexts('recital'),
  component: Reading,
});

function Reading() {
  return (
    <>
      <RecitalTabs />
      <Outlet />
    </>
  );
}
