import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { useObjectUrl } from '@/lib/sound/useObjectUrl';

/** A way to keep a recording that the service would not take, and that exists nowhere else. */
export function SaveCopy({ bytes, filename }: { bytes: Blob; filename: string }) {
  const { t } = useTranslation('uploads');
  const address = useObjectUrl(bytes);
  if (!address) return null;
  return (
    <a
      href={address}
      download={filename}
      className={buttonClasses('secondary', 'small').concat(' mt-3 me-3')}
    >
      {t('saveCopy')}
    </a>
  );
}
