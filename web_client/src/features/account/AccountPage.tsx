import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/api/me';
import { PageTitle } from '@/components/PageTitle';
import { ApiKeys } from './ApiKeys';
import { Export } from './Export';
import { Leave } from './Leave';
import { Mails } from './Mails';
import { Profile } from './Profile';
import { Standing } from './Standing';
import { UsageMeters } from './UsageMeters';
import { Webhooks } from './Webhooks';

export function AccountPage() {
  const { t } = useTranslation('account');
  const me = useSuspenseQuery(meQuery).data;
  return (
    <>
      <PageTitle title={t('title')}>
        <bdi>{me.email}</bdi>
      </PageTitle>
      <Profile me={me} />
      <Mails me={me} />
      <Standing me={me} />
      <UsageMeters />
      <ApiKeys isAdmin={me.role === 'admin'} />
      <Webhooks />
      <Export />
      {/* Who is about to leave reads above how to stay. */}
      {me.leaves_at === null && <Leave />}
    </>
  );
}
