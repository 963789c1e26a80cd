import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Button, IconButton } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ProblemNote } from '@/components/ProblemNote';
import { PlusIcon, TrashIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatDate, formatWhen } from '@/lib/format';
import { keysQuery } from './keysQuery';
import { MakeKeyDialog } from './MakeKeyDialog';
import { Section } from './Section';

type Key = Schemas['KeyShown'];

/** Keys for programs that act for the person. */
export function ApiKeys({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation('account');
  const keys = useQuery(keysQuery);
  const [isMaking, setIsMaking] = useState(false);
  const [doomed, setDoomed] = useState<Key | null>(null);
  return (
    <Section title={t('keys.title')} text={t('keys.text')}>
      {keys.isPending && <Spinner />}
      <ProblemNote error={keys.error} namespace="account" onRetry={() => void keys.refetch()} />
      {keys.data && keys.data.items.length > 0 && (
        <ul className="mb-5 divide-y divide-line">
          {keys.data.items.map((key) => (
            <KeyRow key={key.id} shown={key} onRevoke={() => setDoomed(key)} />
          ))}
        </ul>
      )}
      {keys.data?.items.length === 0 && <p className="mb-5 text-muted">{t('keys.none')}</p>}
      <Button onClick={() => setIsMaking(true)}>
        <PlusIcon />
        {t('keys.make')}
      </Button>
      {isMaking && <MakeKeyDialog isAdmin={isAdmin} onClose={() => setIsMaking(false)} />}
      {doomed && <RevokeDialog doomed={doomed} onClose={() => setDoomed(null)} />}
    </Section>
  );
}

function KeyRow({ shown, onRevoke }: { shown: Key; onRevoke: () => void }) {
  const { t, i18n } = useTranslation('account');
  const hasEnded = shown.expires_at !== null && new Date(shown.expires_at) <= new Date();
  const end = shown.expires_at && formatDate(shown.expires_at, i18n.language);
  return (
    <li className="flex items-center justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="font-medium">
          <bdi>{shown.name}</bdi>
          {shown.scope === 'admin' && (
            <span className="ms-2 rounded-md bg-warning-soft px-1.5 py-0.5 text-warning text-xs">
              {t('keys.scopes.admin')}
            </span>
          )}
        </p>
        <p className="text-muted text-sm">
          <code dir="ltr">lk_{shown.prefix}…</code>{' '}
          {shown.last_used_at
            ? t('keys.used', { when: formatWhen(shown.last_used_at, i18n.language) })
            : t('keys.unused')}{' '}
          {end ? t(hasEnded ? 'keys.ended' : 'keys.ends', { end }) : t('keys.endless')}
        </p>
      </div>
      <IconButton label={t('keys.revokeNamed', { name: shown.name })} onClick={onRevoke}>
        <TrashIcon />
      </IconButton>
    </li>
  );
}

function RevokeDialog({ doomed, onClose }: { doomed: Key; onClose: () => void }) {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/auth/keys/{key_id}', { params: { path: { key_id: doomed.id } } })),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries(keysQuery);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('keys.revokeTitle')}
      description={t('keys.revokeText', { name: doomed.name })}
      confirm={t('keys.revoke')}
      busy={revoking.isPending}
      error={revoking.error}
      onConfirm={() => revoking.mutate()}
    />
  );
}
