import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/components/Toast';
import { exportQuery } from './exports';

/** Tells what has become of a file that was asked for, unless it is being looked at. */
export function useReadiness(id: string | null, isLooking: boolean, onLook: () => void): void {
  const { t } = useTranslation('results');
  const toast = useToast();
  const { data } = useQuery({ ...exportQuery(id ?? ''), enabled: id !== null });
  const tell = useEffectEvent((isReady: boolean) => {
    if (isLooking) return;
    toast({
      text: t(isReady ? 'exports.isReady' : 'exports.hasFailed'),
      kind: isReady ? 'news' : 'failure',
      action: { label: t('exports.look'), hint: t('exports.lookHint'), onPress: onLook },
      stays: Number.POSITIVE_INFINITY,
    });
  });
  const status = data?.status;
  useEffect(() => {
    if (status === 'ready' || status === 'failed') tell(status === 'ready');
  }, [status]);
}
