import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRendition } from '@/api/renditions';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { WarningIcon } from '@/components/pageIcons';
import { isFinal, useStanding } from '@/components/rendition/useStanding';
import { Spinner } from '@/components/Spinner';
import { loadAnew, playAnew } from './sound';

interface UnplayableProps {
  sound: HTMLMediaElement;
  address: string;
}

/** Why it does not play: it has to be made again first, or could not be loaded. */
export function Unplayable({ sound, address }: UnplayableProps) {
  return isRendition(address) ? (
    <Unmade key={address} sound={sound} address={address} />
  ) : (
    <Unloaded sound={sound} />
  );
}

function Unmade({ sound, address }: UnplayableProps) {
  const { t } = useTranslation('rendition');
  const { standing, error, lookAgain } = useStanding(address, true);
  const isThere = standing === 'made';
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (!isThere) return;
    const lose = () => setLost(true);
    sound.addEventListener('error', lose);
    goOn(sound);
    return () => sound.removeEventListener('error', lose);
  }, [isThere, sound]);
  if (error) {
    const again = isFinal(error) ? {} : { onRetry: lookAgain };
    return <ProblemNote error={error} namespace="rendition" className="mt-3" {...again} />;
  }
  if (isLost) return <Unloaded sound={sound} />;
  return (
    <div role="status">
      {standing === 'awaited' && (
        <p className="mt-3 flex items-center gap-3 text-muted">
          <Spinner quiet />
          {t('awaited')}
        </p>
      )}
    </div>
  );
}

/** Have it play now, if somebody wanted to hear it. */
function goOn(sound: HTMLMediaElement): void {
  if (sound.paused) loadAnew(sound);
  else playAnew(sound);
}

function Unloaded({ sound }: Pick<UnplayableProps, 'sound'>) {
  const { t } = useTranslation('player');
  return (
    <div role="alert" className="mt-3 flex flex-wrap items-center gap-3 text-danger">
      <WarningIcon />
      {t('failed')}
      <Button size="small" onClick={() => playAnew(sound)}>
        {t('retry')}
      </Button>
    </div>
  );
}
