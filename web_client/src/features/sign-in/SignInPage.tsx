import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { buttonClasses } from '@/components/Button';
import { classes } from '@/components/classes';
import { formatDateTime } from '@/lib/format';
import { FormPage, LINK } from './FormPage';
import { GoogleButton } from './GoogleButton';
import { useWay } from './useWay';

const ASIDE = `${LINK} self-start`;

export function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { providers } = useSession();
  const { onward, email } = useWay();
  const way = { search: onward, state: { email } };
  const then = onward.to ?? '/';
  const hasAccounts = providers.includes('cognito');
  return (
    <FormPage
      title={t('signIn.title')}
      intro={t('signIn.intro')}
      foot={
        hasAccounts && (
          <>
            <Link to="/forgot-password" {...way} className={ASIDE}>
              {t('signIn.forgot')}
            </Link>
            <Link to="/confirm" {...way} className={ASIDE}>
              {t('signIn.code')}
            </Link>
          </>
        )
      }
    >
      <News />
      <div className="flex flex-col gap-3">
        {providers.includes('google') && <GoogleButton then={then} />}
        {hasAccounts && (
          <>
            <a
              href={`/api/v1/auth/login?then=${encodeURIComponent(then)}`}
              className={buttonClasses('primary', 'large')}
            >
              {t('signIn.withEmail')}
            </a>
            <Link to="/sign-up" {...way} className={buttonClasses('secondary', 'large')}>
              {t('signIn.new')}
            </Link>
          </>
        )}
        {providers.length === 0 && <p>{t('signIn.none')}</p>}
      </div>
    </FormPage>
  );
}

const LOOKS = {
  confirmed: 'bg-success-soft text-success',
  reset: 'bg-success-soft text-success',
  leaving: 'bg-raised',
  failed: 'bg-danger-soft text-danger',
};

/** What was done on the page before. */
function News() {
  const { t, i18n } = useTranslation('sign-in');
  const { news, at } = useWay().search;
  if (!news) return null;
  return (
    <p role="status" className={classes('mb-6 rounded-xl px-4 py-3', LOOKS[news])}>
      {news === 'leaving'
        ? t('news.leaving', { at: at ? formatDateTime(at, i18n.language) : '' })
        : t(`news.${news}`)}
    </p>
  );
}
