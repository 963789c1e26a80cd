import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { Section } from './Section';

/** The account gone, with all that is in it. */
export function Leave() {
  const { t } = useTranslation('account');
  const [isAsked, setIsAsked] = useState(false);
  return (
    <Section title={t('leave.title')} text={t('leave.text')}>
      <Button className="text-danger!" onClick={() => setIsAsked(true)}>
        {t('leave.begin')}
      </Button>
      {isAsked && <LeaveDialog onClose={() => setIsAsked(false)} />}
    </Section>
  );
}

function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const form = useId();
  const [typed, setTyped] = useState('');
  const [isFaulty, setIsFaulty] = useState(false);
  const leaving = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me')),
    meta: { shownInPlace: true },
    // Loaded anew: every session has ended, and nothing of this person may be left in memory.
    onSuccess: ({ leaves_at }) =>
      window.location.assign(`/sign-in?${new URLSearchParams({ news: 'leaving', at: leaves_at })}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (leaving.isPending) return;
    const isConfirmed = typed.trim().toLocaleLowerCase() === t('leave.word').toLocaleLowerCase();
    setIsFaulty(!isConfirmed);
    if (isConfirmed) leaving.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('leave.asked')}
      description={t('leave.warning')}
      actions={
        <>
          <Button onClick={onClose}>{t('leave.stay')}</Button>
          <Button type="submit" form={form} look="danger" busy={leaving.isPending || leaving.isSuccess}>
            {t('leave.confirm')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <Field
          label={t('leave.type', { word: t('leave.word') })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          error={isFaulty ? t('leave.mistyped', { word: t('leave.word') }) : undefined}
        />
      </form>
      <ProblemNote error={leaving.error} namespace="account" />
    </Dialog>
  );
}
