import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/components/Toast';
import type { Take } from './newVersion';

/** To install the page takes every file that there is; what is being looked at comes first. */
const SETTLED_MS = 5000;

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
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const install = () =>
      import('./newVersion').then(({ keepInstalled }) => keepInstalled(tell)).catch(() => {}); // some browsers have none in private windows, and refuse; the page works all the same
    const settled = setTimeout(install, SETTLED_MS);
    return () => clearTimeout(settled);
  }, []);
}
