import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { buttonClasses } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { MicrophoneIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { PageTitle } from '@/components/PageTitle';
import { RecitalFilters } from '@/components/recital/RecitalFilters';
import { RecitalRow } from './RecitalRow';
import { useRecitals } from './useRecitals';

const route = getRouteApi('/_member/_reading/recitals/');

/** What one has read aloud, and what has become of it. */
export function RecitalsPage() {
  const { t } = useTranslation('recitals');
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  // To admins the list is everybody's unless they say whose.
  const owner = useSession().user_id ?? undefined;
  return (
    <>
      <PageTitle title={t('title')}>{t('text')}</PageTitle>
      <search className="mb-6 flex flex-col gap-4 sm:flex-row sm:flex-wrap">
        <RecitalFilters filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
      </search>
      <Endless list={useRecitals({ ...filter, owner })} namespace="recitals" empty={<Nothing />}>
        {(recitals) => (
          <ul className="flex flex-col border-line border-t">
            {recitals.map((recital) => (
              <RecitalRow key={recital.id} recital={recital} />
            ))}
          </ul>
        )}
      </Endless>
    </>
  );
}

function Nothing() {
  const { t } = useTranslation('recitals');
  const { status, flag, needs_review } = route.useSearch();
  if (status || flag || needs_review !== undefined) {
    return (
      <EmptyState icon={<MicrophoneIcon />} title={t('empty.found')}>
        {t('empty.filtered')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<MicrophoneIcon />}
      title={t('empty.title')}
      action={
        <Link to="/documents" className={buttonClasses('primary')}>
          {t('empty.action')}
        </Link>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
