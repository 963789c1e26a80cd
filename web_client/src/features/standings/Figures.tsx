import type { UseQueryResult } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { formatDuration, formatNumber } from '@/lib/format';
import type { Amount } from './standings';

interface FiguresProps {
  title: string;
  query: UseQueryResult<Amount & { speaker_count?: number }>;
}

/** How much was read, in a few large figures. */
export function Figures({ title, query }: FiguresProps) {
  const { t, i18n } = useTranslation('standings');
  const id = useId();
  const number = (count: number) => formatNumber(count, i18n.language);
  const amount = query.data;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 font-semibold text-lg">
        {title}
      </h2>
      {query.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {amount && (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-2xl bg-surface p-5">
          <Figure className="col-span-2" name={t('amount.length')} large>
            {formatDuration(amount.duration_ms, i18n.language)}
          </Figure>
          <Figure name={t('amount.sentences')}>{number(amount.sentence_count)}</Figure>
          <Figure name={t('amount.letters')}>{number(amount.character_count)}</Figure>
          <Figure name={t('amount.recitals')}>{number(amount.recital_count)}</Figure>
          {amount.speaker_count !== undefined && (
            <Figure name={t('amount.speakers')}>{number(amount.speaker_count)}</Figure>
          )}
        </dl>
      )}
    </section>
  );
}

interface FigureProps {
  name: string;
  large?: boolean;
  className?: string;
  children: string;
}

function Figure({ name, large = false, className, children }: FigureProps) {
  return (
    <div className={className}>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className={large ? 'font-semibold text-2xl' : 'font-semibold text-xl tabular-nums'}>{children}</dd>
    </div>
  );
}
