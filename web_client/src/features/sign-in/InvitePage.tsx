import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { meQuery } from '@/api/me';
import { Problem } from '@/api/problem';
import { sessionQuery, useSession } from '@/api/session';
import { Button, buttonClasses } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { formatDateTime } from '@/lib/format';
import { FormPage } from './FormPage';

/** What the link of an invite leads to: what it gives, and the way to take it. */
export function InvitePage() {
  const { t } = useTranslation('sign-in');
  // After the #, which no server is sent and no log keeps.
  const secret = useLocation().hash;
  const session = useSession();
  const queries = useQueryClient();
  const offer = useQuery({
    queryKey: ['invite', secret],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/invites/look', { body: { secret }, signal })),
    enabled: secret !== '',
    // Whoever takes the last place would be told, on a second look, that it does not hold.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const accepting = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/invites/accept', { body: { secret } })),
    meta: { shownInPlace: true },
    onSuccess: () => {
      void queries.invalidateQueries(sessionQuery);
      void queries.invalidateQueries(meQuery);
    },
  });

  if (accepting.data) return <Accepted role={accepting.data.role} />;
  return (
    <FormPage title={t('invite.title')}>
      {secret === '' && <p>{t('invite.incomplete')}</p>}
      {offer.isLoading && <Spinner />}
      {offer.error && (
        <ProblemNote
          error={offer.error}
          namespace="sign-in"
          {...(offer.error instanceof Problem && offer.error.passes
            ? { onRetry: () => void offer.refetch() }
            : {})}
        />
      )}
      {offer.data && (
        <div className="flex flex-col gap-6">
          <Offer offer={offer.data} />
          {session.user_id ? (
            <>
              <p className="text-muted">
                {t('invite.as')} <bdi className="font-medium text-ink">{session.email ?? session.name}</bdi>
              </p>
              <ProblemNote error={accepting.error} namespace="sign-in" />
              <Button
                look="primary"
                size="large"
                busy={accepting.isPending}
                onClick={() => accepting.mutate()}
              >
                {t('invite.accept')}
              </Button>
            </>
          ) : (
            <SignInFirst to={`/invite#${secret}`} />
          )}
        </div>
      )}
    </FormPage>
  );
}

function Offer({ offer }: { offer: Schemas['InviteOffered'] }) {
  const { t, i18n } = useTranslation('sign-in');
  return (
    <div>
      <p className="text-lg">{t(offer.role === 'admin' ? 'invite.admin' : 'invite.speaker')}</p>
      <p className="mt-1 text-muted">
        {t('invite.until', { at: formatDateTime(offer.expires_at, i18n.language) })}
      </p>
    </div>
  );
}

function SignInFirst({ to }: { to: string }) {
  const { t } = useTranslation('sign-in');
  return (
    <>
      <p>{t('invite.signInFirst')}</p>
      <div className="flex flex-wrap gap-3">
        <Link to="/sign-in" search={{ to }} className={buttonClasses('primary')}>
          {t('signIn.title')}
        </Link>
        <Link to="/sign-up" search={{ to }} className={buttonClasses()}>
          {t('signUp.title')}
        </Link>
      </div>
    </>
  );
}

function Accepted({ role }: { role: Schemas['Role'] }) {
  const { t } = useTranslation('sign-in');
  return (
    <FormPage title={t('invite.welcome')}>
      <p role="status" className="mb-6 text-lg">
        {t(role === 'admin' ? 'invite.nowAdmin' : 'invite.nowSpeaker')}
      </p>
      <Link to="/" className={buttonClasses('primary', 'large')}>
        {t('invite.begin')}
      </Link>
    </FormPage>
  );
}
