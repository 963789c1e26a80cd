import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Dialog } from '@/components/Dialog';
import { Endless } from '@/components/list/Endless';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { Comparison } from './Comparison';
import { VersionRow } from './VersionRow';
import { type Place, restore, type Version, versionsQuery } from './versions';

interface VersionsDialogProps extends Place {
  /** Of the text as it is read now; the list may know a newer one. */
  version: number;
  /** Hears that another version is read from now on. */
  onRestored: () => void;
  onClose: () => void;
}

/** The versions of a text, to be compared and brought back. */
export function VersionsDialog({ version, onRestored, onClose, ...place }: VersionsDialogProps) {
  const { t } = useTranslation('versions');
  const list = useInfiniteQuery(versionsQuery(place));
  const [compared, setCompared] = useState<Version | null>(null);
  const [wished, setWished] = useState<Version | null>(null);
  const current = list.data?.pages[0]?.items[0]?.number ?? version;
  if (compared) {
    return (
      <Comparison place={place} version={compared} current={current} onClose={() => setCompared(null)} />
    );
  }
  return (
    <>
      <Dialog open onOpenChange={onClose} title={t('title')} description={t('text')}>
        <Endless list={list} namespace="versions" empty={null}>
          {(versions) => (
            <ol className="divide-y divide-line">
              {versions.map((one) => (
                <VersionRow
                  key={one.number}
                  version={one}
                  isCurrent={one.number === current}
                  onCompare={() => setCompared(one)}
                  onRestore={() => setWished(one)}
                />
              ))}
            </ol>
          )}
        </Endless>
      </Dialog>
      {wished && (
        <RestoreDialog
          place={place}
          version={wished}
          current={current}
          onRestored={onRestored}
          onClose={() => setWished(null)}
        />
      )}
    </>
  );
}

interface RestoreDialogProps {
  place: Place;
  version: Version;
  current: number;
  onRestored: () => void;
  onClose: () => void;
}

function RestoreDialog({ place, version, current, onRestored, onClose }: RestoreDialogProps) {
  const { t } = useTranslation('versions');
  const queries = useQueryClient();
  const toast = useToast();
  const restoring = useMutation({
    mutationFn: () => restore(place, version.number, current),
    meta: { shownInPlace: true },
    onSuccess: () => {
      toast({ text: t('restore.done') });
      onRestored();
      onClose();
    },
    // Where somebody else was quicker, there is more to compare with than before.
    onSettled: () => queries.invalidateQueries(versionsQuery(place)),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t(version.number === 0 ? 'restore.machine' : 'restore.title', { number: version.number })}
      description={t('restore.text')}
      confirm={t('restore.confirm')}
      busy={restoring.isPending}
      onConfirm={() => restoring.mutate()}
    >
      <ProblemNote error={restoring.error} namespace="versions" />
    </ConfirmDialog>
  );
}
