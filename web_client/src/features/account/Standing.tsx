import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/me';
import { useSignOut } from '@/api/session';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatDate, formatDateTime } from '@/lib/format';
import { Section } from './Section';

/** What the person may do, and since when they are known. */
export function Standing({ me }: { me: Me }) {
  const { t, i18n } = useTranslation('account');
  const [isAsked, setIsAsked] = useState(false);
  const signOut = useSignOut();
  return (
    <Section title={t('standing.title')}>
      <dl className="flex flex-col gap-4">
        <Fact name={t('standing.role')}>
          <span className="font-medium">{t(`roles.${me.role}.name`)}</span>
          <span className="block text-muted text-sm">{t(`roles.${me.role}.text`)}</span>
        </Fact>
        <Fact name={t('standing.since')}>{formatDate(me.created_at, i18n.language)}</Fact>
        <Fact name={t('standing.lastLogin')}>{formatDateTime(me.last_login_at, i18n.language)}</Fact>
        {me.agreement?.agreed_at && (
          <Fact name={t('standing.agreed')}>{formatDate(me.agreement.agreed_at, i18n.language)}</Fact>
        )}
      </dl>
      <Button className="mt-6" onClick={() => setIsAsked(true)}>
        {t('everywhere.begin')}
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title={t('everywhere.title')}
        description={t('everywhere.text')}
        confirm={t('everywhere.confirm')}
        busy={signOut.isPending}
        onConfirm={() => signOut.mutate({ everywhere: true })}
      />
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
