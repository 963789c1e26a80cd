import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Document, sentencesQuery } from '@/api/documents';
import { Button } from '@/components/Button';
import { FieldFrame } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { textOf } from './change';

/** The text itself, which is brought only to whoever wants to change it. */
export function TextPart({ document }: { document: Document }) {
  const { t } = useTranslation('documents');
  const [isOpen, setOpen] = useState(false);
  const text = useText(document.id, isOpen);
  if (text.data === undefined) {
    return (
      <>
        <Button busy={isOpen && text.isPending} onClick={() => setOpen(true)}>
          {t('edit.text')}
        </Button>
        <ProblemNote error={text.error} namespace="documents" onRetry={() => void text.refetch()} />
      </>
    );
  }
  return (
    <FieldFrame label={t('field.text')} hint={t('edit.textHint')}>
      {(wiring) => (
        <>
          <input type="hidden" name="present_text" value={text.data} />
          <textarea
            {...wiring}
            name="text"
            dir="auto"
            rows={10}
            lang={document.language}
            defaultValue={text.data}
            className={wiring.className.concat(' font-reading')}
          />
        </>
      )}
    </FieldFrame>
  );
}

function useText(id: string, isWanted: boolean) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['documents', 'text', id],
    queryFn: async () => {
      const all = await queries.fetchInfiniteQuery({
        ...sentencesQuery(id),
        pages: Number.POSITIVE_INFINITY,
        staleTime: 0,
      });
      return textOf(all.pages.flatMap(({ items }) => items));
    },
    enabled: isWanted,
    gcTime: 0,
  });
}
