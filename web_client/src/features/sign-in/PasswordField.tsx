import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/components/classes';
import { FieldFrame } from '@/components/Field';
import { CheckIcon } from '@/components/icons';
import { PASSWORD_RULES, type PasswordRule, passwordRules } from './rules';

/** A new password, with what is asked of it and how much of that it has already. */
export function PasswordField({ label, error }: { label: string; error: string | undefined }) {
  const { t } = useTranslation('sign-in');
  const [text, setText] = useState('');
  const [isShown, setIsShown] = useState(false);
  return (
    <FieldFrame
      label={label}
      error={error}
      hint={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {passwordRules.map((rule) => (
            <Rule key={rule} rule={rule} isMet={PASSWORD_RULES[rule](text)} />
          ))}
        </span>
      }
    >
      {({ className, ...wiring }) => (
        // Passwords are in Latin letters whatever the page is in, and the button keeps to their end.
        <div dir="ltr" className="relative">
          <input
            {...wiring}
            name="password"
            type={isShown ? 'text' : 'password'}
            autoComplete="new-password"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={classes(className, 'pe-20')}
          />
          <button
            type="button"
            aria-label={t(isShown ? 'password.hideLabel' : 'password.showLabel')}
            onClick={() => setIsShown(!isShown)}
            className="absolute inset-y-0 end-0 min-w-16 rounded-xl px-3 text-muted text-sm hover:text-ink"
          >
            {t(isShown ? 'password.hide' : 'password.show')}
          </button>
        </div>
      )}
    </FieldFrame>
  );
}

function Rule({ rule, isMet }: { rule: PasswordRule; isMet: boolean }) {
  const { t } = useTranslation('sign-in');
  return (
    <span className={classes('inline-flex items-center gap-1', isMet && 'text-success')}>
      {isMet ? (
        <CheckIcon />
      ) : (
        <span aria-hidden="true" className="w-[1.3em] text-center">
          ·
        </span>
      )}
      {t(`password.rules.${rule}`)}
      {isMet && <span className="sr-only">{t('password.met')}</span>}
    </span>
  );
}
