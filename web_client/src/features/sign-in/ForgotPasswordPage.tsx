import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { FormPage, LINK } from './FormPage';
import { EmailField } from './fields';
import { useForm } from './useForm';
import { useWay } from './useWay';

export function ForgotPasswordPage() {
  const { t } = useTranslation('sign-in');
  const { onward, email: known } = useWay();
  const navigate = useNavigate();
  const [email, setEmail] = useState(known);
  const { form, busy, faultOf, error } = useForm({
    fields: ['email'],
    send: (body) => answer(api.POST('/api/v1/auth/forgot-password', { body })),
    onSent: (written) =>
      void navigate({ to: '/reset-password', search: onward, state: { email: written.email } }),
  });
  return (
    <FormPage
      title={t('forgot.title')}
      intro={t('forgot.intro')}
      foot={
        <p>
          <Link to="/sign-in" search={onward} className={LINK}>
            {t('forgot.back')}
          </Link>
        </p>
      }
    >
      <form {...form} className="flex flex-col gap-5">
        <EmailField value={email} onChange={setEmail} error={faultOf('email')} />
        <ProblemNote error={error} namespace="sign-in" />
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t('forgot.send')}
        </Button>
      </form>
    </FormPage>
  );
}
