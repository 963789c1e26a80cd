import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { MicrophoneIcon } from '@/components/icons';
import { MicrophoneChoice } from '@/components/sound/MicrophoneChoice';
import { faultOf } from '@/lib/sound/faults';
import { openMicrophone } from '@/lib/sound/microphone';
import { Meter } from '../sound/meter';
import { FaultNote } from '../stage/FaultNote';
import { LevelBar } from './LevelBar';
import { Trial } from './Trial';
import { useAdvice } from './useAdvice';

interface Opened {
  stream: MediaStream;
  meter: Meter;
}

interface MicrophoneCheckProps {
  /** Begin to read with the microphone that was found good; whoever gets it closes it. */
  onReady: (stream: MediaStream) => void;
  isBusy: boolean;
  children?: ReactNode;
}

/** Before reading: is the microphone on, the right one, near enough, and the room quiet? */
export function MicrophoneCheck({ onReady, isBusy, children }: MicrophoneCheckProps) {
  const { t } = useTranslation('recite');
  const { opened, opening, open, handOver } = useMicrophone();
  return (
    <section aria-labelledby="check" className="flex flex-col gap-6 rounded-2xl bg-surface p-5 sm:p-8">
      <div className="text-center">
        <h2 id="check" className="font-semibold text-xl">
          {t('check.title')}
        </h2>
        <p className="mx-auto mt-1 max-w-prose text-balance text-muted">
          {t(opened ? 'check.speak' : 'check.text')}
        </p>
      </div>
      {opened && <Listening key={opened.stream.id} {...opened} />}
      {opened && <MicrophoneChoice onChosen={() => open()} />}
      {opening.error && <FaultNote fault={faultOf(opening.error)} />}
      {children}
      <div className="flex justify-center">
        {opened ? (
          <Button
            key="begin"
            autoFocus
            look="primary"
            size="large"
            busy={isBusy}
            onClick={() => onReady(handOver(opened))}
          >
            {t('check.begin')}
          </Button>
        ) : (
          <Button look="primary" size="large" busy={opening.isPending || isBusy} onClick={() => open()}>
            <MicrophoneIcon />
            {t('check.open')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Listening({ stream, meter }: Opened) {
  const { t } = useTranslation('recite');
  const advice = useAdvice(meter);
  return (
    <div className="mx-auto flex w-full max-w-md flex-col gap-4">
      <LevelBar meter={meter} />
      <p
        role="status"
        data-good={advice === 'good'}
        className="min-h-12 text-balance text-center text-warning data-[good=true]:text-success"
      >
        {t(`advice.${advice}`)}
      </p>
      <Trial stream={stream} />
    </div>
  );
}

function useMicrophone() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const held = useRef<Opened | null>(null);
  const isGone = useRef(false);

  const hold = useCallback((next: Opened | null) => {
    held.current?.meter.close();
    for (const track of held.current?.stream.getTracks() ?? []) track.stop();
    held.current = next;
    setOpened(next);
  }, []);
  const opening = useMutation({
    mutationFn: openMicrophone,
    meta: { shownInPlace: true },
    onSuccess: (stream) => {
      hold({ stream, meter: new Meter(stream) });
      if (isGone.current) hold(null);
    },
  });
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      hold(null);
    };
  }, [hold]);

  /** Let go of the microphone without closing it. */
  const handOver = ({ stream, meter }: Opened) => {
    meter.close();
    held.current = null;
    setOpened(null);
    return stream;
  };
  return { opened, opening, open: () => opening.mutate(), handOver };
}
