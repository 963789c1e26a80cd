import { useTranslation } from 'react-i18next';
import { CheckIcon } from '@/components/icons';
import { WarningIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import type { Unsent } from '../queue/outbox';

/** Where what was recorded is: with the service, or on this device and on its way. */
export function Safety({ unsent }: { unsent: Unsent }) {
  const { t } = useTranslation('recite');
  const state = safetyOf(unsent);
  return (
    <p className="flex items-center gap-1.5">
      {state === 'sent' && <CheckIcon className="text-success" />}
      {state === 'sending' && <Spinner quiet className="text-accent" />}
      {(state === 'offline' || state === 'refused') && <WarningIcon className="text-warning" />}
      {t(`safety.${state}`)}
      {/* That each slice is on its way and has arrived would be said without end. */}
      <span role="status" className="sr-only">
        {(state === 'offline' || state === 'refused') && t(`safety.${state}`)}
      </span>
    </p>
  );
}

/** Two slices behind is how it always is: one has just been kept, one is on its way. */
const USUAL = 2;

export function safetyOf({ recital, isOffline, error }: Unsent): 'sent' | 'sending' | 'offline' | 'refused' {
  if (error) return 'refused';
  if (isOffline) return 'offline';
  return recital.sliceCount - recital.slicesSent > USUAL ? 'sending' : 'sent';
}
