import { useTranslation } from 'react-i18next';
import { ProgressBar } from '@/components/ProgressBar';
import { Spinner } from '@/components/Spinner';
import type { Unsent } from './queue/outbox';
import { Refused } from './Refused';

/** A recital of which nothing more will come, on its way to the service. */
export function EndingRecital({ unsent }: { unsent: Unsent }) {
  const { t } = useTranslation('recite');
  const { recital, isOffline, error } = unsent;
  const isDiscarded = recital.ending === 'discard';
  const share = recital.sliceCount === 0 ? null : recital.slicesSent / recital.sliceCount;
  return (
    <section aria-labelledby={recital.id} className="flex flex-col gap-4 rounded-2xl bg-surface p-5 sm:p-8">
      <h2 id={recital.id} className="flex items-center gap-3 font-semibold text-xl">
        {!error && <Spinner quiet className="text-accent" />}
        {t(isDiscarded ? 'ending.discarding' : 'ending.title')}
      </h2>
      {!error && !isDiscarded && <ProgressBar label={t('ending.title')} value={share} />}
      {error ? (
        <Refused unsent={unsent} />
      ) : (
        <p role="status" className="text-muted">
          {t(isOffline ? 'ending.offline' : 'ending.text')}
        </p>
      )}
    </section>
  );
}
