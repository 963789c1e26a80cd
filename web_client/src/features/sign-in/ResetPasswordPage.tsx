import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { FormPage } from './FormPage';
import { CodeField, EmailField } from './fields';
import { PasswordField } from './PasswordField';
import { SendAgain } from './SendAgain';
import { useForm } from './useForm';
import { useWay } from './useWay';

export function ResetPasswordPage() {
  const { t } = useTranslation('sign-in');
  const { onward, email: known } = useWay();
  const navigate = useNavigate();
  const [email, setEmail] = useState(known);
  const { form, busy, faultOf, error } = useForm({
    fields: ['email', 'code', 'password'],
    send: (body) => answer(api.POST('/api/v1/auth/reset-password', { body })),
    onSent: () => void navigate({ to: '/sign-in', search: { ...onward, news: 'reset' } }),
  });
  return (
    <FormPage
      title={t('reset.title')}
      intro={t('reset.intro')}
      foot={
        <SendAgain
          email={email}
          send={(email) => answer(api.POST('/api/v1/auth/forgot-password', { body: { email } }))}
        />
      }
    >
      <form {...form} className="flex flex-col gap-5">
        <EmailField value={email} onChange={setEmail} error={faultOf('email')} withPassword />
        <CodeField error={faultOf('code')} />
        <PasswordField label={t('reset.password')} error={faultOf('password')} />
        <ProblemNote error={error} namespace="sign-in" />
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t('reset.send')}
        </Button>
      </form>
    </FormPage>
  );
}
