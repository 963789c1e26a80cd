import type { ChangeEvent, ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/Field';
import { codeIn } from './rules';

interface EmailFieldProps {
  value: string;
  onChange: (email: string) => void;
  error: string | undefined;
  /** Beside a password it is the name by which password managers know the account. */
  withPassword?: boolean;
}

export function EmailField({ value, onChange, error, withPassword = false }: EmailFieldProps) {
  const { t } = useTranslation('sign-in');
  return (
    <Field
      label={t('email')}
      name="email"
      type="email"
      autoComplete={withPassword ? 'username' : 'email'}
      autoCapitalize="none"
      spellCheck={false}
      required
      dir="ltr"
      value={value}
      onChange={(event: ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
      error={error}
    />
  );
}

/** The code of a mail; a whole sentence with it may be pasted. */
export function CodeField({ error }: { error: string | undefined }) {
  const { t } = useTranslation('sign-in');
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    event.preventDefault();
    event.currentTarget.value = codeIn(event.clipboardData.getData('text'));
  };
  return (
    <Field
      label={t('code.label')}
      hint={t('code.hint')}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      dir="ltr"
      onPaste={paste}
      error={error}
    />
  );
}
