import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { untilMade } from '@/api/untilMade';
import { useToast } from '@/components/Toast';

/** Has the browser save a form of the content; one that has to be made first, once it is there. */
export function useSaving() {
  const { t } = useTranslation('rendition');
  const toast = useToast();
  return useMutation({
    mutationFn: async (address: string) => {
      await untilMade(address, () => toast({ text: t('saving') }));
      Object.assign(document.createElement('a'), { href: `${address}?save=true`, download: '' }).click();
    },
  });
}
