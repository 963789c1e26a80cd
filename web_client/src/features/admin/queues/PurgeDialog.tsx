import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { isolated } from '../isolated';
import { useQueueName } from './QueueName';
import { usePurge } from './queues';

/** Deletes a queue's dead letters, once its name has been typed: nothing brings them back. */
export function PurgeDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const call = useQueueName();
  const toast = useToast();
  const purge = usePurge(name);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const agrees = typed.trim() === name;

  const confirm = () => {
    setTried(true);
    if (!agrees) {
      field.current?.focus();
      return;
    }
    purge.mutate(undefined, {
      onSuccess: ({ purged }) => {
        toast({ text: t('letters.purged', { count: purged }) });
        onClose();
      },
    });
  };

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('letters.purging.title')}
      description={t('letters.purging.text', { queue: isolated(call(name)) })}
      confirm={t('letters.purge')}
      busy={purge.isPending}
      onConfirm={confirm}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!purge.isPending) confirm();
        }}
      >
        <Field
          ref={field}
          dir="ltr"
          label={t('letters.purging.type', { name: isolated(name) })}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={isTried && !agrees && t('letters.purging.differs', { name: isolated(name) })}
          onChange={({ target }) => setTyped(target.value)}
        />
      </form>
      <ProblemNote error={purge.error} namespace="admin" />
    </ConfirmDialog>
  );
}
