import { useTranslation } from 'react-i18next';
import type { RecitalStatus } from '@/api/recitalWords';
import { Mark } from '@/components/Mark';

const LOOKS = {
  active: 'accent',
  ended: 'accent',
  aggregated: 'accent',
  uploaded: 'good',
  discarded: 'plain',
} as const;

/** How far a recital has come, in a word. */
export function RecitalStatusMark({ status }: { status: RecitalStatus }) {
  const { t } = useTranslation('recital');
  return <Mark look={LOOKS[status]}>{t(`status.${status}`)}</Mark>;
}
