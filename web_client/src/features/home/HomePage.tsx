import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { UnderWay } from './UnderWay';

interface HomePageProps {
  recorder: ReactNode;
  picker: ReactNode;
  /** The rows of uploads, and how many there are. */
  uploads: ReactNode;
  uploadCount: number;
}

/** Where speech is brought in, and what becomes of it. */
export function HomePage({ recorder, picker, uploads, uploadCount }: HomePageProps) {
  const { t } = useTranslation('home');
  return (
    <>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <div className="grid gap-5 md:grid-cols-[3fr_2fr] md:gap-6">
        {recorder}
        {picker}
      </div>
      <UnderWay uploads={uploads} uploadCount={uploadCount} />
    </>
  );
}
