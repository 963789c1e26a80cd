import { useCallback, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNews } from '@/api/events';
import { changes } from '@/api/renditions';
import { useLoaded } from '@/components/rendition/useLoaded';

interface CaptionsProps {
  address: string;
  language: string | null;
}

/** What is said in a video, on its picture; loaded anew when the text has been corrected. */
export function Captions({ address, language }: CaptionsProps) {
  const { t } = useTranslation('player');
  const { state, turn, onError } = useLoaded(address, true);
  const [version, setVersion] = useState(0);
  useNews((news) => {
    if (news.type === 'renditions' && changes(news, address)) setVersion(version + 1);
  });
  // React hears no errors of tracks.
  const failed = useEffectEvent(onError);
  const hear = useCallback((track: HTMLTrackElement | null) => {
    const miss = () => failed();
    track?.addEventListener('error', miss);
    return () => track?.removeEventListener('error', miss);
  }, []);
  if (state !== 'there') return null;
  return (
    <track
      key={`${turn} ${version}`}
      ref={hear}
      kind="captions"
      src={address}
      srcLang={language ?? 'und'}
      label={t('video.captions')}
    />
  );
}
