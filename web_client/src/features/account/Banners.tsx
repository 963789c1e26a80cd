import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { AgreementBanner } from './AgreementBanner';
import { LeavingBanner } from './LeavingBanner';

/** What a person has to know on every page: terms to agree to, an account that is about to go. */
export function Banners() {
  const { t } = useTranslation('account');
  const me = useMe().data;
  const isAtHome = useLocation({ select: ({ pathname }) => pathname === '/' });
  if (!me) return null;
  return (
    <>
      {me.leaves_at && <LeavingBanner leavesAt={me.leaves_at} />}
      {me.agreement && !me.agreement.agreed_at && <AgreementBanner agreement={me.agreement} />}
      {isAtHome && me.role === 'none' && (
        <p className="mb-6 rounded-xl bg-raised px-4 py-2.5 text-sm">{t('waiting')}</p>
      )}
    </>
  );
}
