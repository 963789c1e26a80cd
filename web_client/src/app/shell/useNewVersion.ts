import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/components/Toast';
import { keepInstalled, type Take } from './newVersion';

/** Says when there is a newer version of the page. */
export function useNewVersion(): void {
  const { t } = useTranslation('app');
  const toast = useToast();
  const tell = useEffectEvent((take: Take) =>
    toast({
      text: t('newVersion.text'),
      action: { label: t('newVersion.reload'), hint: t('newVersion.hint'), onPress: take },
      stays: Number.POSITIVE_INFINITY,
    }),
  );
  useEffect(() => {
    // Some browsers have none in private windows, and refuse; the page works all the same.
    if (import.meta.env.PROD && 'serviceWorker' in navigator) keepInstalled(tell).catch(() => {});
  }, []);
}
