import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Button } from '@/components/Button';
import { OnceDialog } from '@/components/copy/OnceDialog';
import { Dialog } from '@/components/Dialog';
import { Field, SelectField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { keysQuery } from './keysQuery';

const DAY_MS = 86_400_000;
const ENDS = [30, 90, 365] as const;

interface MakeKeyDialogProps {
  isAdmin: boolean;
  onClose: () => void;
}

/** Asks what a key is for, makes it, and shows it this once. */
export function MakeKeyDialog({ isAdmin, onClose }: MakeKeyDialogProps) {
  const { t } = useTranslation('account');
  const form = useId();
  const element = useRef<HTMLFormElement>(null);
  // A second press of Enter, before the first is drawn, would make a second key.
  const isUnderWay = useRef(false);
  const queries = useQueryClient();
  const [isNameless, setIsNameless] = useState(false);
  const making = useMutation({
    mutationFn: (wish: Schemas['KeyWish']) => answer(api.POST('/api/v1/auth/keys', { body: wish })),
    meta: { shownInPlace: true },
    onSuccess: () => void queries.invalidateQueries(keysQuery),
    onError: () => {
      isUnderWay.current = false;
    },
  });

  if (making.data)
    return (
      <OnceDialog
        title={t('keys.made')}
        text={t('keys.once')}
        label={making.data.name}
        value={making.data.key}
        done={t('keys.kept')}
        onClose={onClose}
      />
    );

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isUnderWay.current) return;
    const data = new FormData(event.currentTarget);
    const name = String(data.get('name')).trim();
    setIsNameless(name === '');
    if (name === '') {
      element.current?.querySelector('input')?.focus();
      return;
    }
    isUnderWay.current = true;
    const days = Number(data.get('days'));
    making.mutate({
      name,
      scope: data.get('scope') === 'admin' ? 'admin' : 'base',
      expires_at: days ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('keys.make')}
      actions={
        <>
          <Button onClick={onClose}>{t('keys.cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={making.isPending}>
            {t('keys.makeNow')}
          </Button>
        </>
      }
    >
      <form id={form} ref={element} onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Field
          label={t('keys.name')}
          hint={t('keys.nameHint')}
          name="name"
          maxLength={80}
          dir="auto"
          autoComplete="off"
          required
          error={isNameless ? t('keys.nameless') : undefined}
        />
        {isAdmin && (
          <SelectField label={t('keys.scope')} name="scope" defaultValue="base">
            <option value="base">{t('keys.scopes.base')}</option>
            <option value="admin">{t('keys.scopes.admin')}</option>
          </SelectField>
        )}
        <SelectField label={t('keys.end')} name="days" defaultValue={ENDS[1]}>
          {ENDS.map((days) => (
            <option key={days} value={days}>
              {t('keys.days', { count: days })}
            </option>
          ))}
          <option value="">{t('keys.endless')}</option>
        </SelectField>
      </form>
      <ProblemNote error={making.error} namespace="account" />
    </Dialog>
  );
}
