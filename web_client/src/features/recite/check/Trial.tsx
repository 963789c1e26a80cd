import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { recordingType } from '@/lib/sound/microphone';
import { useObjectUrl } from '@/lib/sound/useObjectUrl';

const TRIAL_MS = 5000;

/** Records a few seconds, for whoever speaks to hear how they sound. */
export function Trial({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation('recite');
  const [sound, setSound] = useState<Blob | null>(null);
  const [isRecording, setRecording] = useState(false);
  const address = useObjectUrl(sound);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  const record = () => {
    const mimeType = recordingType();
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const slices: Blob[] = [];
    recorder.ondataavailable = ({ data }) => slices.push(data);
    recorder.onstop = () => {
      clearTimeout(timer);
      setSound(new Blob(slices, { type: recorder.mimeType }));
      setRecording(false);
    };
    stop.current = () => recorder.state !== 'inactive' && recorder.stop();
    const timer = setTimeout(() => stop.current(), TRIAL_MS);
    setSound(null);
    setRecording(true);
    recorder.start();
  };

  return (
    <div className="flex flex-col items-center gap-3">
      <Button onClick={isRecording ? () => stop.current() : record}>
        {t(isRecording ? 'trial.stop' : sound ? 'trial.again' : 'trial.record')}
      </Button>
      {isRecording && (
        <p role="status" className="text-muted text-sm">
          {t('trial.recording')}
        </p>
      )}
      {address && (
        // biome-ignore lint/a11y/useMediaCaption: it is what the listener has just said
        <audio controls autoPlay src={address} aria-label={t('trial.listen')} className="w-full" />
      )}
    </div>
  );
}
