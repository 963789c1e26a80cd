import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { useSuggest } from './documents';
import { LanguageField } from './LanguageField';

/** Gives who doesn't want to choose something to read. */
export function Suggestion() {
  const { t } = useTranslation('documents');
  const spoken = useMe().data?.language ?? '';
  const [chosen, setChosen] = useState<string | null>(null);
  const navigate = useNavigate();
  const suggest = useSuggest();
  const language = chosen ?? spoken;
  const ask = () =>
    suggest.mutate(language || null, {
      onSuccess: ({ id }) => void navigate({ to: '/recite/$documentId', params: { documentId: id } }),
    });
  return (
    <section
      aria-labelledby="suggestion"
      className="mb-10 flex flex-col gap-5 rounded-2xl bg-accent-soft p-5 sm:flex-row sm:items-end sm:p-7"
    >
      <div className="min-w-0 flex-1">
        <h2 id="suggestion" className="font-semibold text-xl">
          {t('suggestion.title')}
        </h2>
        <p className="mt-1 text-balance">{t('suggestion.text')}</p>
        <ProblemNote error={suggest.error} namespace="documents" className="mt-3" />
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <LanguageField
          label={t('suggestion.language')}
          none={t('filter.anyLanguage')}
          value={language}
          onChange={setChosen}
          className="w-44"
        />
        <Button look="primary" busy={suggest.isPending} onClick={ask}>
          {t('suggestion.button')}
        </Button>
      </div>
    </section>
  );
}
