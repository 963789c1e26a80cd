import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { ExportRow } from './ExportRow';
import { exportsQuery } from './exports';

interface ExportListProps {
  /** What was just asked for: whoever has asked goes on from here. */
  begun: string | null;
  isBelowForm: boolean;
}

/** The files that were asked for lately. */
export function ExportList({ begun, isBelowForm }: ExportListProps) {
  const { t } = useTranslation('results');
  const list = useQuery(exportsQuery);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (begun) place.current?.focus();
  }, [begun]);
  if (isBelowForm && !list.data?.length) return null;
  return (
    <section ref={place} tabIndex={-1} aria-label={t('exports.lately')} className="outline-none">
      {isBelowForm && <h3 className="mb-1 font-medium">{t('exports.lately')}</h3>}
      {list.isPending && <Spinner className="text-muted" />}
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {list.data?.length === 0 && <p className="text-muted">{t('exports.none')}</p>}
      <ul className="flex flex-col">
        {list.data?.map((shown) => (
          <ExportRow key={shown.id} listed={shown} />
        ))}
      </ul>
    </section>
  );
}
