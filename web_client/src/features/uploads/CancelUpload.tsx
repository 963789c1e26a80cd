import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { CloseIcon } from '@/components/icons';
import type { Sending } from './sending';
import { uploads } from './uploads';

/** Gives an upload up; asks before, as what was sent is gone then, and of a recording everything. */
export function CancelUpload({ sending, isOver }: { sending: Sending; isOver: boolean }) {
  const { t } = useTranslation('uploads');
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({ mutationFn: () => uploads.cancel(sending.id) });
  const title = sending.title ?? sending.filename;
  return (
    <>
      <IconButton
        className="-me-2"
        label={t(isOver ? 'cancel.remove' : 'cancel.label', { title })}
        onClick={() => (isOver && !sending.onlyHere ? cancel.mutate() : setAsking(true))}
      >
        <CloseIcon />
      </IconButton>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('cancel.title')}
        description={t(sending.onlyHere ? 'cancel.recording' : 'cancel.file', { title })}
        confirm={t('cancel.confirm')}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      />
    </>
  );
}
