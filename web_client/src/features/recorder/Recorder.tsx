import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { Controls } from './Controls';
import type { Recorded } from './KeptRecording';
import { useKept } from './useKept';
import { useRecorder } from './useRecorder';

const studio = () => import('./studio');
const MicrophoneChoice = lazy(async () => ({ default: (await studio()).MicrophoneChoice }));
// What these show has come from the studio, which is there then.
const CaptureView = lazy(async () => ({ default: (await studio()).CaptureView }));
const KeptRecording = lazy(async () => ({ default: (await studio()).KeptRecording }));
const LeaveDialog = lazy(async () => ({ default: (await studio()).LeaveDialog }));

/** Records speech; what was recorded is heard again, named and handed on, or thrown away. */
export function Recorder({ onSend }: { onSend: (recorded: Recorded) => Promise<unknown> }) {
  const { t } = useTranslation('recorder');
  const heading = useRef<HTMLHeadingElement>(null);
  const { user_id: ownerId } = useSession();
  const { kept, add, remove } = useKept(ownerId ?? '');
  const recorder = useRecorder(ownerId ?? '', add);
  const { phase, capture, fault } = recorder;
  const isUnderWay = phase !== 'idle' && phase !== 'asking';
  const leaving = useBlocker({
    shouldBlockFn: () => isUnderWay,
    enableBeforeUnload: isUnderWay,
    withResolver: true,
  });

  const count = useRef(kept.length);
  useEffect(() => {
    const isOneGone = kept.length < count.current;
    count.current = kept.length;
    if (!isOneGone) return;
    // What had the focus went with it. Later, since the dialog gives the focus back first.
    const timer = setTimeout(() => heading.current?.focus());
    return () => clearTimeout(timer);
  }, [kept.length]);

  return (
    <section aria-labelledby="record" className="flex flex-col gap-5 rounded-2xl bg-surface p-5 sm:p-8">
      <div className="text-center">
        <h2 id="record" ref={heading} tabIndex={-1} className="font-semibold text-xl">
          {t('title')}
        </h2>
        {!isUnderWay && <p className="mt-1 text-balance text-muted">{t('hint')}</p>}
      </div>
      <Suspense fallback={null}>
        {capture && <CaptureView capture={capture} isPaused={phase === 'paused'} />}
      </Suspense>
      <Controls {...recorder} />
      <p role="status" className="sr-only">
        {phase !== 'idle' && t(`said.${phase}`)}
      </p>
      {fault && (
        <p role="alert" className="rounded-xl bg-danger-soft px-4 py-3 text-danger">
          {t(`faults.${fault}`)}
        </p>
      )}
      <Suspense fallback={null}>
        {phase === 'idle' && <MicrophoneChoice />}
        {kept.map((ended) => (
          <KeptRecording
            key={ended.recording.session}
            recording={ended.recording}
            isFresh={ended.isFresh}
            onSend={onSend}
            onOver={() => remove(ended)}
          />
        ))}
        {leaving.status === 'blocked' && <LeaveDialog onStay={leaving.reset} onLeave={leaving.proceed} />}
      </Suspense>
    </section>
  );
}
