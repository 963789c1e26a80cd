import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { CheckIcon } from '@/components/icons';

interface SentRecitalProps {
  documentId: string;
  onMore: () => void;
}

/** The service has all of it; who reads on begins with what is not read yet. */
export function SentRecital({ documentId, onMore }: SentRecitalProps) {
  const { t } = useTranslation('recite');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []); // the button that ended it is gone
  return (
    <section className="flex flex-col items-center gap-4 rounded-2xl bg-surface p-8 text-center sm:p-12">
      <CheckIcon className="text-5xl text-success" />
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-2xl">
        {t('sent.title')}
      </h2>
      <p className="max-w-prose text-balance text-muted">{t('sent.text')}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Link
          to="/recite/$documentId"
          params={{ documentId }}
          replace
          onClick={onMore}
          className={buttonClasses('secondary')}
        >
          {t('sent.more')}
        </Link>
        <Link to="/documents" className={buttonClasses('primary')}>
          {t('sent.documents')}
        </Link>
      </div>
    </section>
  );
}
