import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Endless } from '@/components/list/Endless';
import { PageTitle } from '@/components/PageTitle';
import { ResultTabs } from '@/components/results/ResultTabs';
import { useLiveList } from '@/components/results/useLiveList';
import { PictureIcon } from './icons';
import { SEEN } from './seen';
import { Tile } from './Tile';

/** All pictures and videos, to be looked through. */
export function GalleryPage() {
  const { t } = useTranslation('gallery');
  const list = useLiveList(SEEN, false);
  return (
    <>
      <ResultTabs />
      <PageTitle title={t('title')} />
      <Endless list={list} namespace="results" empty={<NothingYet />}>
        {(results) => (
          <ul
            aria-label={t('title')}
            // What stands alone in the last row is no wider than it would be among others.
            className="flex flex-wrap gap-2 [--row:6.5rem] after:grow-[99] after:content-[''] sm:gap-3 sm:[--row:11rem]"
          >
            {results.map((result) => (
              <Tile key={result.id} result={result} />
            ))}
          </ul>
        )}
      </Endless>
    </>
  );
}

function NothingYet() {
  const { t } = useTranslation('gallery');
  return (
    <EmptyState
      icon={<PictureIcon />}
      title={t('empty.title')}
      action={
        <Link to="/" className={buttonClasses('primary')}>
          {t('empty.action')}
        </Link>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
