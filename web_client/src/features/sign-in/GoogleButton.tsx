import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { sessionQuery } from '@/api/session';
import { classes } from '@/components/classes';
import { ProblemNote } from '@/components/ProblemNote';
import { loadGoogle, signInByGoogle } from './google';

/** A nonce is good for ten minutes; the page may stay open for longer. */
const OFFER_MS = 9 * 60_000;
/** The widest that Google draws. */
const WIDEST = 400;

/** Google's own button: another one may not be shown in its place. */
export function GoogleButton({ then }: { then: string }) {
  const { t, i18n } = useTranslation('sign-in');
  const place = useRef<HTMLDivElement>(null);
  const queries = useQueryClient();
  const router = useRouter();
  const offer = useQuery({
    queryKey: ['google-offer'],
    queryFn: async ({ signal }) => {
      const [accounts, offered] = await Promise.all([
        loadGoogle(),
        answer(api.GET('/api/v1/auth/google', { signal })),
      ]);
      return { accounts, offered };
    },
    staleTime: OFFER_MS,
    refetchInterval: OFFER_MS,
  });
  const { mutate, error } = useMutation({
    mutationFn: signInByGoogle,
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      router.history.push(then);
    },
    // A nonce is good once.
    onError: () => void offer.refetch(),
  });

  useEffect(() => {
    if (!offer.data || !place.current) return;
    const { accounts, offered } = offer.data;
    accounts.initialize({
      client_id: offered.client_id,
      nonce: offered.nonce,
      callback: ({ credential }) => mutate(credential),
    });
    place.current.replaceChildren();
    accounts.renderButton(place.current, {
      size: 'large',
      text: 'continue_with',
      shape: 'pill',
      locale: i18n.language,
      width: Math.min(place.current.clientWidth || WIDEST, WIDEST),
    });
  }, [offer.data, mutate, i18n.language]);

  return (
    <>
      <div
        ref={place}
        className={classes('flex min-h-11 justify-center overflow-hidden', offer.error && 'hidden')}
      />
      <ProblemNote error={error} namespace="sign-in" />
      {offer.error instanceof Problem ? (
        <ProblemNote error={offer.error} namespace="sign-in" onRetry={() => void offer.refetch()} />
      ) : (
        offer.error && (
          <p role="alert" className="text-danger">
            {t('signIn.googleFailed')}
          </p>
        )
      )}
    </>
  );
}
