import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Button } from '@/components/Button';
import { Field, SelectField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { dayAfter, endOf } from './days';
import type { InviteWish } from './invites';

const MOST_USES = 10_000;
const LONGEST_NAME = 80;
/** A week is enough for most, and a year is what the API allows. */
const [USUAL_DAYS, MOST_DAYS] = [7, 365];

interface InviteFormProps {
  busy: boolean;
  error: unknown;
  onSubmit: (wish: InviteWish) => void;
  onCancel: () => void;
}

/** What an invite is to be called, what it gives, to how many, and until when. */
export function InviteForm({ busy, error, onSubmit, onCancel }: InviteFormProps) {
  const { t } = useTranslation('admin');
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [role, setRole] = useState<'speaker' | 'admin'>('speaker');
  const [email, setEmail] = useState('');
  const [uses, setUses] = useState('1');
  const [day, setDay] = useState(() => dayAfter(USUAL_DAYS));
  const [isTried, setTried] = useState(false);
  const refused = error instanceof Problem ? error.fields : {};

  const [first, last] = [dayAfter(1), dayAfter(MOST_DAYS)];
  const wrong = {
    name: name.trim() === '',
    email: !/^(?:[^@\s]+@[^@\s]+)?$/.test(email.trim()),
    most_uses: !/^\d+$/.test(uses) || Number(uses) < 1 || Number(uses) > MOST_USES,
    expires_at: !(day >= first && day <= last),
  };
  const isWrong = (field: keyof typeof wrong) => (isTried && wrong[field]) || field in refused;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const fault = (Object.keys(wrong) as (keyof typeof wrong)[]).find((field) => wrong[field]);
    if (fault) form.current?.querySelector<HTMLInputElement>(`[name="${fault}"]`)?.focus();
    else {
      const address = email.trim() || null;
      onSubmit({ name: name.trim(), role, email: address, most_uses: Number(uses), expires_at: endOf(day) });
    }
  };

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field
        name="name"
        label={t('invites.name')}
        hint={t('invites.nameHint')}
        value={name}
        dir="auto"
        maxLength={LONGEST_NAME}
        autoComplete="off"
        error={isWrong('name') && t('invites.noName')}
        onChange={({ target }) => setName(target.value)}
      />
      <SelectField
        label={t('people.role')}
        hint={role === 'admin' ? t('invites.adminHint') : undefined}
        value={role}
        onChange={({ target }) => setRole(target.value === 'admin' ? 'admin' : 'speaker')}
      >
        <option value="speaker">{t('roles.speaker')}</option>
        <option value="admin">{t('roles.admin')}</option>
      </SelectField>
      <Field
        name="email"
        label={t('invites.email')}
        optional={t('invites.optional')}
        hint={t('invites.emailHint')}
        type="email"
        dir="ltr"
        value={email}
        maxLength={254}
        autoComplete="off"
        error={isWrong('email') && t('invites.wrongEmail')}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Field
        name="most_uses"
        label={t('invites.mostUses')}
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST_USES}
        value={uses}
        error={isWrong('most_uses') && t('invites.wrongUses')}
        onChange={({ target }) => setUses(target.value)}
      />
      <Field
        name="expires_at"
        label={t('invites.until')}
        type="date"
        min={first}
        max={last}
        value={day}
        error={isWrong('expires_at') && t('invites.wrongDay')}
        onChange={({ target }) => setDay(target.value)}
      />
      {Object.keys(refused).length === 0 && <ProblemNote error={error} namespace="admin" />}
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('invites.submit')}
        </Button>
      </div>
    </form>
  );
}
