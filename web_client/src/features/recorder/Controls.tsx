import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/components/classes';
import { MicrophoneIcon, PauseIcon, StopIcon } from '@/components/icons';
import type { Phase } from './useRecorder';

interface ControlsProps {
  phase: Phase;
  start: () => void;
  pause: () => void;
  resume: () => void;
  stop: () => void;
}

/** One button for record, pause and go on, which so keeps the focus; and one that ends the recording. */
export function Controls({ phase, start, pause, resume, stop }: ControlsProps) {
  const { t } = useTranslation('recorder');
  const isUnderWay = phase === 'recording' || phase === 'paused';
  const isBusy = phase === 'asking' || phase === 'ending';
  return (
    <div className="flex items-start justify-center gap-8">
      {phase === 'recording' ? (
        <RoundButton key="main" label={t('pause')} onPress={pause}>
          <PauseIcon />
        </RoundButton>
      ) : (
        <RoundButton
          key="main"
          label={t(phase === 'paused' ? 'resume' : 'record')}
          isBusy={isBusy}
          isMain
          onPress={phase === 'paused' ? resume : start}
        >
          <MicrophoneIcon />
        </RoundButton>
      )}
      {isUnderWay && (
        <RoundButton label={t('stop')} onPress={stop}>
          <StopIcon />
        </RoundButton>
      )}
    </div>
  );
}

interface RoundButtonProps {
  label: string;
  onPress: () => void;
  isMain?: boolean;
  isBusy?: boolean;
  children: ReactNode;
}

function RoundButton({ label, onPress, isMain = false, isBusy = false, children }: RoundButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : onPress}
      className="group flex flex-col items-center gap-2 rounded-xl p-1 font-medium aria-disabled:cursor-progress aria-disabled:opacity-55"
    >
      <span
        className={classes(
          'flex size-18 items-center justify-center rounded-full text-2xl transition-colors',
          isMain
            ? 'bg-accent text-on-accent group-hover:bg-accent-strong'
            : 'border border-edge bg-surface group-hover:bg-raised',
        )}
      >
        {children}
      </span>
      {label}
    </button>
  );
}
