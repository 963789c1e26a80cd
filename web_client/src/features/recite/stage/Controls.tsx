import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ForwardIcon, MicrophoneIcon, PauseIcon } from '@/components/icons';
import { SkipBackIcon } from '@/components/pageIcons';
import type { Phase, Reading } from './reading';

interface ControlsProps {
  reading: Reading;
  phase: Phase;
  /** The button that goes on, whichever way. */
  main: Ref<HTMLButtonElement>;
}

/** Anew, pause, and on; while it is paused, going on takes the place of both. */
export function Controls({ reading, phase, main }: ControlsProps) {
  const { t } = useTranslation('recite');
  const isReading = phase === 'reading';
  const isWhole = reading.isWhole;
  const goOn = isWhole ? () => reading.ask() : () => reading.resume();
  return (
    <div className="flex items-stretch gap-2 sm:gap-3">
      <Action label={t('again')} keys="↑" disabled={!isReading && !isWhole} onPress={() => reading.again()}>
        <SkipBackIcon />
      </Action>
      <Action label={t('pause')} keys={t('space')} disabled={!isReading} onPress={() => reading.pause()}>
        <PauseIcon />
      </Action>
      <Button
        ref={main}
        autoFocus
        look="primary"
        size="large"
        className="min-w-0 flex-1"
        onClick={isReading ? () => reading.next() : goOn}
      >
        {!isReading && !isWhole && <MicrophoneIcon />}
        {t(isReading ? 'next' : isWhole ? 'finish.button' : 'resume')}
        {isReading && <ForwardIcon />}
      </Button>
      <p role="status" className="sr-only">
        {t(`said.${phase}`)}
      </p>
    </div>
  );
}

interface ActionProps {
  label: string;
  keys: string;
  disabled: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Action({ label, keys, disabled, onPress, children }: ActionProps) {
  return (
    <Button
      look="quiet"
      size="large"
      disabled={disabled}
      title={`${label} (${keys})`}
      onClick={onPress}
      className="!px-3 flex-col !gap-0.5 text-sm sm:!px-5"
    >
      <span className="text-xl">{children}</span>
      {label}
    </Button>
  );
}
