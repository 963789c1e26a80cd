import type { ReactNode } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { CopyField } from './CopyField';

interface OnceDialogProps {
  title: string;
  /** What it is for, and that it is not shown again. */
  text: ReactNode;
  label: string;
  value: string;
  /** Said by whoever has taken it along. */
  done: string;
  onClose: () => void;
}

/** The one time that a secret, or a link which holds one, can be seen. */
export function OnceDialog({ title, text, label, value, done, onClose }: OnceDialogProps) {
  return (
    <Dialog
      open
      isOnce
      onOpenChange={onClose}
      title={title}
      description={text}
      actions={<Button onClick={onClose}>{done}</Button>}
    >
      <CopyField label={label} value={value} />
    </Dialog>
  );
}
