import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { formatNumber } from '@/lib/format';
import { useReaders } from './documents';

/** Who has read of a document. */
export function Readers({ documentId }: { documentId: string }) {
  const { t, i18n } = useTranslation('documents');
  const list = useReaders(documentId);
  const readers = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (readers.length === 0 && !list.error) return null;
  return (
    <section aria-labelledby="readers" className="mb-8">
      <h2 id="readers" className="mb-2 font-semibold text-lg">
        {t('readers')}
      </h2>
      <ul className="flex flex-wrap gap-2">
        {readers.map(({ id, name, sentence_count: count }) => (
          <li key={id} className="rounded-full bg-raised px-3 py-1 text-sm">
            <bdi className="font-medium">{name ?? t('nameless')}</bdi>{' '}
            <span className="text-muted">
              {t('sentences', { count, shown: formatNumber(count, i18n.language) })}
            </span>
          </li>
        ))}
      </ul>
      <ProblemNote error={list.error} namespace="documents" onRetry={() => void list.refetch()} />
      {list.hasNextPage && (
        <Button
          size="small"
          className="mt-3"
          busy={list.isFetching}
          onClick={() => void list.fetchNextPage()}
        >
          {t('moreReaders')}
        </Button>
      )}
    </section>
  );
}
