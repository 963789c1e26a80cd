import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { formatDateTime, formatSize } from '@/lib/format';
import { useObjectUrl } from '@/lib/sound/useObjectUrl';
import { fileNameOf } from './fileName';
import { erase, play, type Recording } from './tape';

/** A recording with the name that it is to have. */
export interface Recorded {
  file: File;
  title: string;
}

interface KeptRecordingProps {
  recording: Recording;
  isFresh: boolean;
  /** Resolves once the recording is safe elsewhere. */
  onSend: (recorded: Recorded) => Promise<unknown>;
  onOver: () => void;
}

/** A recording that waits to be heard, named and sent, or thrown away. */
export function KeptRecording({ recording, isFresh, onSend, onOver }: KeptRecordingProps) {
  const { t, i18n } = useTranslation('recorder');
  const heading = useId();
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFresh) place.current?.focus(); // the button that ended it is gone
  }, [isFresh]);
  const at = formatDateTime(new Date(recording.startedAt).toISOString(), i18n.language);
  const [title, setTitle] = useState(() => t('kept.name', { at }));
  const [isAsking, setAsking] = useState(false);
  const sound = useQuery({
    queryKey: ['recording', recording.session],
    queryFn: () => play(recording),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    networkMode: 'always',
  });
  const send = useMutation({
    meta: { shownInPlace: true },
    mutationFn: async (bytes: Blob) => {
      const file = new File([bytes], fileNameOf(recording), { type: recording.contentType });
      await onSend({ file, title: title.trim() || t('kept.name', { at }) });
      await erase(recording.session);
    },
    onSuccess: onOver,
  });
  const discard = useMutation({ mutationFn: () => erase(recording.session), onSuccess: onOver });

  return (
    <form
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (sound.data && !send.isPending) send.mutate(sound.data);
      }}
      className="flex flex-col gap-4 rounded-2xl border border-line bg-page p-4 sm:p-5"
    >
      <div>
        <h3 id={heading} ref={place} tabIndex={-1} className="font-semibold">
          {t('kept.title')}
        </h3>
        <p className="text-muted text-sm">
          {t('kept.of', { at, size: formatSize(sound.data?.size ?? 0, i18n.language) })}
        </p>
      </div>
      <Listen bytes={sound.data ?? null} label={t('kept.listen')} />
      <Field
        label={t('kept.field')}
        value={title}
        dir="auto"
        maxLength={300}
        onChange={({ target }) => setTitle(target.value)}
      />
      <ProblemNote error={sound.error} onRetry={sound.refetch} />
      {send.error && (
        <p role="alert" className="rounded-xl bg-danger-soft px-4 py-3 text-danger">
          {t('kept.unsent')}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" className="text-danger" onClick={() => setAsking(true)}>
          {t('kept.discard')}
        </Button>
        <Button type="submit" look="primary" busy={send.isPending} disabled={!sound.data}>
          {t('kept.send')}
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('discard.title')}
        description={t('discard.text')}
        confirm={t('discard.confirm')}
        busy={discard.isPending}
        onConfirm={() => discard.mutate()}
      />
    </form>
  );
}

function Listen({ bytes, label }: { bytes: Blob | null; label: string }) {
  const address = useObjectUrl(bytes);
  if (!address) return null;
  // biome-ignore lint/a11y/useMediaCaption: nobody has written down yet what was just spoken
  return <audio controls preload="none" src={address} aria-label={label} className="w-full" />;
}
