import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from './queue';

// What there is to show has come from the depot, which is there then.
const UploadRow = lazy(async () => ({ default: (await import('./depot')).UploadRow }));

/** The uploads under way, as the rows of a list. */
export function UploadRows({ shown }: { shown: readonly Upload[] }) {
  return (
    <Suspense fallback={null}>
      {shown.map((upload) => (
        <UploadRow key={upload.sending.id} upload={upload} />
      ))}
    </Suspense>
  );
}

/** Says changes of stage to those who don't see them; sums of bytes would talk without end. */
export function UploadNews({ shown }: { shown: readonly Upload[] }) {
  const { t } = useTranslation('uploads');
  const said = shown.map(({ sending, stage }) => {
    const title = sending.title ?? sending.filename;
    return stage === 'waiting' || stage === 'sending' ? '' : t(`said.${stage}`, { title });
  });
  return (
    <p role="status" className="sr-only">
      {said.filter(Boolean).join(' ')}
    </p>
  );
}
