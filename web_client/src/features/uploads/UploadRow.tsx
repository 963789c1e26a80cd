import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/ProblemNote';
import { ProgressBar } from '@/components/ProgressBar';
import { formatSize } from '@/lib/format';
import { BringAgain } from './BringAgain';
import { CancelUpload } from './CancelUpload';
import { isFinal } from './outcome';
import type { Stage, Upload } from './queue';
import { SaveCopy } from './SaveCopy';
import { uploads } from './uploads';
import { usePassFocus } from './usePassFocus';

/** One upload: how far it is, what is in its way, and what can be done. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation('uploads');
  const row = useRef<HTMLLIElement>(null);
  usePassFocus(row);
  const { sending, file, sent, error } = upload;
  const stage = shownStage(upload);
  const title = sending.title ?? sending.filename;
  return (
    <li ref={row} className="flex flex-col gap-2 border-line border-b py-4">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <p dir="auto" className="w-fit max-w-full truncate font-medium">
            {title}
          </p>
          <Standing upload={upload} />
        </div>
        <CancelUpload sending={sending} isOver={stage === 'failed'} />
      </div>
      {stage !== 'failed' && stage !== 'asleep' && (
        <ProgressBar
          label={t('progress', { title })}
          value={stage === 'checking' ? null : sent / sending.size}
        />
      )}
      {stage === 'asleep' && <BringAgain sending={sending} />}
      {stage === 'failed' && (
        <ProblemNote
          error={error}
          namespace="uploads"
          {...(isFinal(error) ? {} : { onRetry: () => uploads.retry(sending.id) })}
        >
          {sending.onlyHere && file && <SaveCopy bytes={file} filename={sending.filename} />}
        </ProblemNote>
      )}
    </li>
  );
}

/** Once all of it is with the store, what is left is the service's part, joining and checking. */
function shownStage({ sending, stage }: Upload): Stage {
  return stage === 'sending' && sending.arrived ? 'checking' : stage;
}

function Standing({ upload }: { upload: Upload }) {
  const { t, i18n } = useTranslation('uploads');
  const { sending, sent } = upload;
  const stage = shownStage(upload);
  if (stage === 'failed') return null;
  const size = formatSize(sending.size, i18n.language);
  return (
    <p className="text-muted text-sm tabular-nums">
      {stage === 'sending' || stage === 'offline'
        ? t(`stage.${stage}`, { sent: formatSize(sent, i18n.language), size })
        : t(`stage.${stage}`, { size })}
    </p>
  );
}
