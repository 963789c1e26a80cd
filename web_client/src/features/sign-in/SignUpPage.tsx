import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Button } from '@/components/Button';
import { Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { FormPage, LINK } from './FormPage';
import { EmailField } from './fields';
import { PasswordField } from './PasswordField';
import { useForm } from './useForm';
import { useWay } from './useWay';

interface SignUpPageProps {
  /** A control named `language`, for the language that they speak. */
  languageField: ReactNode;
}

export function SignUpPage({ languageField }: SignUpPageProps) {
  const { t } = useTranslation('sign-in');
  const { onward, email: known } = useWay();
  const navigate = useNavigate();
  const [email, setEmail] = useState(known);
  const { form, busy, faultOf, error } = useForm({
    fields: ['name', 'email', 'password', 'language'],
    send: ({ language, ...wish }) =>
      answer(api.POST('/api/v1/auth/sign-up', { body: { ...wish, language: language || null } })),
    onSent: (written) => void navigate({ to: '/confirm', search: onward, state: { email: written.email } }),
  });
  return (
    <FormPage
      title={t('signUp.title')}
      intro={t('signUp.intro')}
      foot={
        <p>
          {t('signUp.known')}{' '}
          <Link to="/sign-in" search={onward} className={LINK}>
            {t('signIn.title')}
          </Link>
        </p>
      }
    >
      <form {...form} className="flex flex-col gap-5">
        <Field
          label={t('name.label')}
          hint={t('name.hint')}
          name="name"
          autoComplete="name"
          required
          dir="auto"
          error={faultOf('name')}
        />
        <EmailField value={email} onChange={setEmail} error={faultOf('email')} withPassword />
        <PasswordField label={t('password.label')} error={faultOf('password')} />
        {languageField}
        <ProblemNote error={error} namespace="sign-in" />
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t('signUp.send')}
        </Button>
      </form>
    </FormPage>
  );
}
