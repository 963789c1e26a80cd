import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { chooseMicrophone, chosenMicrophone } from '@/lib/sound/microphone';

/** Which microphone to record with. Browsers name them only once one of them has been allowed. */
export function MicrophoneChoice({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation('components');
  const microphones = useMicrophones();
  const [chosen, setChosen] = useState(chosenMicrophone);
  if (microphones.length < 2) return null;
  return (
    <SelectField
      label={t('microphone.label')}
      value={microphones.some(({ deviceId }) => deviceId === chosen) ? chosen : ''}
      onChange={({ target }) => {
        chooseMicrophone(target.value);
        setChosen(target.value);
        onChosen?.();
      }}
      className="mx-auto w-full max-w-sm"
    >
      <option value="">{t('microphone.system')}</option>
      {microphones.map(({ deviceId, label }) => (
        <option key={deviceId} value={deviceId}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}

/** The microphones that can be told apart; `default` and `communications` are names for others of them. */
function useMicrophones(): MediaDeviceInfo[] {
  const [microphones, setMicrophones] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const devices = navigator.mediaDevices;
    if (!devices) return;
    let isGone = false;
    const look = async () => {
      const all = await devices.enumerateDevices().catch(() => []);
      const named = all.filter(
        ({ kind, deviceId, label }) =>
          kind === 'audioinput' && label && deviceId !== 'default' && deviceId !== 'communications',
      );
      if (!isGone) setMicrophones(named);
    };
    void look();
    devices.addEventListener('devicechange', look);
    return () => {
      isGone = true;
      devices.removeEventListener('devicechange', look);
    };
  }, []);
  return microphones;
}
