import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ProblemNote } from './ProblemNote';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** The verb of what will be done. */
  confirm: string;
  onConfirm: () => void;
  busy?: boolean;
  error?: unknown;
  children?: ReactNode;
}

/** Asks before what can't be undone. */
export function ConfirmDialog({
  confirm,
  onConfirm,
  busy = false,
  error,
  children,
  ...dialog
}: ConfirmDialogProps) {
  const { t } = useTranslation('components');
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <Button onClick={() => dialog.onOpenChange(false)}>{t('cancel')}</Button>
          <Button look="danger" busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <ProblemNote error={error} />
    </Dialog>
  );
}
