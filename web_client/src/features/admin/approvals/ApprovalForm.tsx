import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Button } from '@/components/Button';
import { Field, SelectField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { isolated } from '../isolated';
import { type GivenRole, useApprove } from './approvals';

/** Approves an address, whether its person is here already or not. */
export function ApprovalForm() {
  const { t } = useTranslation('admin');
  const toast = useToast();
  const approve = useApprove();
  const address = useRef<HTMLInputElement>(null);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<GivenRole>('speaker');
  const [isMissing, setMissing] = useState(false);
  const isRefused = approve.error instanceof Problem && 'email' in approve.error.fields;
  const wrong = isMissing || isRefused;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wish = { email: email.trim(), role };
    if (!wish.email.includes('@')) {
      setMissing(true);
      address.current?.focus();
      return;
    }
    approve.mutate(wish, {
      onSuccess: (made) => {
        const said = { email: isolated(made.email), role: t(`roles.${made.role}`) };
        toast({ text: made.person_id ? t('approvals.isHere', said) : t('approvals.willBe', said) });
        setEmail('');
        address.current?.focus();
      },
      onError: () => address.current?.focus(),
    });
  };

  return (
    <form noValidate onSubmit={submit} className="mb-8 flex flex-col gap-4">
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        <Field
          ref={address}
          type="email"
          dir="ltr"
          label={t('approvals.email')}
          value={email}
          maxLength={254}
          autoComplete="off"
          error={wrong && t('approvals.noAddress')}
          onChange={({ target }) => {
            setEmail(target.value);
            setMissing(false);
            approve.reset();
          }}
          className="flex-1"
        />
        <SelectField
          label={t('people.role')}
          value={role}
          onChange={({ target }) => setRole(target.value === 'admin' ? 'admin' : 'speaker')}
          className="sm:w-48"
        >
          <option value="speaker">{t('roles.speaker')}</option>
          <option value="admin">{t('roles.admin')}</option>
        </SelectField>
        <Button type="submit" look="primary" busy={approve.isPending} className="sm:mt-7.5">
          {t('people.approve')}
        </Button>
      </div>
      {!isRefused && <ProblemNote error={approve.error} namespace="admin" />}
    </form>
  );
}
