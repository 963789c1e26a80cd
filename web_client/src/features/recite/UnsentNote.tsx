import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { MicrophoneIcon } from '@/components/icons';
import type { Unsent } from './queue/outbox';
import { useOutbox } from './useOutbox';

/** On every other page: recitals that wait to be gone on with, or that are still on their way. */
export function UnsentNote() {
  const { pathname } = useLocation();
  const elsewhere = useOutbox().filter(
    ({ stage, recital }) => stage !== 'reciting' && pathname !== `/recite/${recital.documentId}`,
  );
  return elsewhere.map((unsent) => <Note key={unsent.recital.id} unsent={unsent} />);
}

function Note({ unsent: { recital, stage, error } }: { unsent: Unsent }) {
  const { t } = useTranslation('recite');
  const state = error ? 'refused' : stage === 'ending' ? 'ending' : 'left';
  return (
    <section
      aria-label={t('title')}
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl bg-accent-soft px-4 py-3"
    >
      <MicrophoneIcon className="text-accent" />
      <p className="min-w-48 flex-1">
        <bdi lang={recital.language} className="font-medium">
          {recital.title}
        </bdi>
        {': '}
        {t(`unsent.${state}`)}
      </p>
      <Link
        to="/recite/$documentId"
        params={{ documentId: recital.documentId }}
        className={buttonClasses('secondary', 'small')}
      >
        {t('unsent.open')}
      </Link>
    </section>
  );
}
