import { useTranslation } from 'react-i18next';
import type { Fault } from '@/lib/sound/faults';

/** What keeps the recording from beginning or going on, and what to do about it. */
export function FaultNote({ fault }: { fault: Fault }) {
  const { t } = useTranslation('recite');
  return (
    <p role="alert" className="rounded-xl bg-danger-soft px-4 py-3 text-danger">
      {t(`faults.${fault}`)}
    </p>
  );
}
