import { useTranslation } from 'react-i18next';
import { classes } from '@/components/classes';
import { Spinner } from '@/components/Spinner';
import { BrokenPictureIcon } from './icons';
import { type Loaded, useLoaded } from './useLoaded';

interface PictureProps {
  address: string;
  /** Whether it was there when it was last heard of; else it is asked for first. */
  isMade: boolean;
  /** What it shows; empty where that is said beside it. */
  alt: string;
  /** Of what it shows, so that there is room for it before it comes. */
  width: number | null;
  height: number | null;
  /** Too small for words: those who see it are told by a sign, and the others elsewhere. */
  small?: boolean;
  className?: string;
}

/** A picture among others. One that has to be made first says so, and comes when it is there. */
export function Picture({ address, isMade, alt, width, height, small = false, className }: PictureProps) {
  const { state, turn, onError } = useLoaded(address, isMade);
  if (state !== 'there') return <Unseen state={state} small={small} {...(className ? { className } : {})} />;
  return (
    <img
      key={turn}
      src={address}
      alt={alt}
      width={width ?? undefined}
      height={height ?? undefined}
      loading="lazy"
      decoding="async"
      onError={onError}
      className={classes('bg-raised object-cover', className)}
    />
  );
}

interface UnseenProps {
  state: Exclude<Loaded, 'there'>;
  small?: boolean;
  className?: string;
}

/** In the place of a picture that is not there, or not yet. */
export function Unseen({ state, small = false, className }: UnseenProps) {
  const { t } = useTranslation('rendition');
  return (
    <span
      className={classes(
        'flex flex-col items-center justify-center gap-1.5 bg-raised p-2 text-center text-muted text-sm',
        className,
      )}
    >
      {state === 'failed' ? <BrokenPictureIcon className="text-lg" /> : <Spinner quiet className="text-lg" />}
      {!small && state !== 'asked' && t(state)}
    </span>
  );
}
