import { useTranslation } from 'react-i18next';
import { Mark } from '@/components/Mark';
import type { DeliveryStatus } from '../search';

const LOOKS = { pending: 'accent', delivered: 'good', failed: 'danger', given_up: 'plain' } as const;

export function StatusMark({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation('webhooks');
  return <Mark look={LOOKS[status]}>{t(`statuses.${status}`)}</Mark>;
}
