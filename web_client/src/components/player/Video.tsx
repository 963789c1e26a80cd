import { type Ref, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { useStanding } from '@/components/rendition/useStanding';
import { Captions } from './Captions';
import { type Film, roomFor } from './film';
import { CaptionsIcon, FillScreenIcon } from './icons';
import { toggle } from './sound';
import { useCaptions } from './useCaptions';
import { fillScreen } from './wholeScreen';

interface VideoProps {
  film: Film;
  video: HTMLVideoElement | null;
  ref: Ref<HTMLVideoElement>;
  /** Whether the browser brings the buttons; else they are elsewhere, but for those of what is seen. */
  controls?: boolean;
}

const ON_PICTURE = '!bg-[rgb(0_0_0/70%)] !text-[#fff] hover:!bg-[#000]';

/** What is seen of a recording, as large as there is room. It comes when it is played. */
export function Video({ film, video, ref, controls = false }: VideoProps) {
  const { t } = useTranslation('player');
  const captions = useCaptions(video);
  const poster = useStanding(film.poster, true);
  useControlsOnWholeScreen(controls ? null : video);
  return (
    <div className="relative mx-auto overflow-hidden rounded-xl bg-[#000]" style={roomFor(film)}>
      {/* Keys have the player's own button for what a click does. */}
      <video
        ref={ref}
        src={film.address}
        {...(poster.standing === 'made' ? { poster: film.poster } : {})}
        // Captions lie elsewhere than the page, and are read only where that is allowed.
        crossOrigin="anonymous"
        preload={controls ? 'metadata' : 'none'}
        playsInline
        controls={controls}
        aria-label={t('video.label')}
        onClick={() => video && !video.controls && toggle(video)}
        className="size-full"
      >
        {film.captions && <Captions address={film.captions} language={film.language} />}
      </video>
      {!controls && (
        <div className="absolute end-2 top-2 flex gap-1.5">
          {film.captions && (
            <IconButton
              label={t('video.captions')}
              aria-pressed={captions.areShown}
              onClick={captions.toggle}
              className={ON_PICTURE}
            >
              <CaptionsIcon isOn={captions.areShown} />
            </IconButton>
          )}
          <IconButton
            label={t('video.fillScreen')}
            onClick={() => video && fillScreen(video)}
            className={ON_PICTURE}
          >
            <FillScreenIcon />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** On the whole screen there is no room but for the browser's buttons. */
function useControlsOnWholeScreen(video: HTMLVideoElement | null): void {
  useEffect(() => {
    if (!video) return;
    const look = () => {
      video.controls = document.fullscreenElement === video;
    };
    video.addEventListener('fullscreenchange', look);
    return () => video.removeEventListener('fullscreenchange', look);
  }, [video]);
}
