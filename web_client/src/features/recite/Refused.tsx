import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClasses } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ProblemNote } from '@/components/ProblemNote';
import { useObjectUrl } from '@/lib/sound/useObjectUrl';
import { soundOf } from './queue/device';
import type { Unsent } from './queue/outbox';
import { outbox } from './queue/page';

/** What the service would not take of a recital: tried again, kept as a file, or thrown away. */
export function Refused({ unsent: { recital, error } }: { unsent: Unsent }) {
  const { t } = useTranslation('recite');
  const [isDropping, setDropping] = useState(false);
  return (
    <ProblemNote error={error} namespace="recite" onRetry={() => outbox.retry(recital.id)}>
      <div className="mt-3 flex flex-wrap gap-2">
        <SaveSound id={recital.id} title={recital.title} />
        <Button size="small" look="quiet" className="!text-danger" onClick={() => setDropping(true)}>
          {t('refused.drop')}
        </Button>
      </div>
      <ConfirmDialog
        open={isDropping}
        onOpenChange={setDropping}
        title={t('refused.title')}
        description={t('refused.text')}
        confirm={t('refused.drop')}
        onConfirm={() => void outbox.drop(recital.id)}
      />
    </ProblemNote>
  );
}

function SaveSound({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation('recite');
  const sound = useQuery({
    queryKey: ['recital', 'sound', id],
    queryFn: () => soundOf(id),
    gcTime: 0,
    structuralSharing: false,
    networkMode: 'always',
  });
  const address = useObjectUrl(sound.data ?? null);
  if (!address || !sound.data?.size) return null;
  const extension = sound.data.type.startsWith('audio/mp4') ? 'm4a' : 'webm';
  return (
    <a href={address} download={`${title}.${extension}`} className={buttonClasses('secondary', 'small')}>
      {t('refused.save')}
    </a>
  );
}
