import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { CheckField, SelectField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { makeShare, type ShareMade, sharesQuery } from './shares';

const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30, 90, 365] as const;
const USUAL = 30;

interface MakeShareProps {
  resultId: string;
  hasSound: boolean;
  onMade: (made: ShareMade) => void;
}

/** Asks what a link is to show, and for how long. */
export function MakeShare({ resultId, hasSound, onMade }: MakeShareProps) {
  const { t } = useTranslation('shares');
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: (form: FormData) => {
      const days = Number(form.get('days'));
      return makeShare(resultId, {
        with_sound: form.get('sound') !== null,
        expires_at: days ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
      });
    },
    meta: { shownInPlace: true },
    onSuccess: (made) => {
      void queries.invalidateQueries(sharesQuery(resultId));
      onMade(made);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!making.isPending) making.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <SelectField label={t('ends')} name="days" defaultValue={USUAL}>
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {t('days', { count: days })}
          </option>
        ))}
        <option value="">{t('endless')}</option>
      </SelectField>
      {hasSound && <CheckField name="sound" label={t('withSound')} hint={t('soundHint')} />}
      <ProblemNote error={making.error} namespace="shares" />
      <Button type="submit" look="primary" busy={making.isPending} className="self-start">
        {t('make')}
      </Button>
    </form>
  );
}
