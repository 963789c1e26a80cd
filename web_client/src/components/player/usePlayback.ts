import { useEffect, useState } from 'react';
import { loadAnew, playAnew, positionOf } from './sound';

export interface Playback {
  playing: boolean;
  /** It is to play, and waits for its bytes. */
  waiting: boolean;
  /** The position, to the second. */
  second: number;
  rate: number;
  failed: boolean;
}

const RESTING: Playback = { playing: false, waiting: false, second: 0, rate: 1, failed: false };
const EVENTS = [
  'play',
  'playing',
  'pause',
  'ended',
  'waiting',
  'timeupdate',
  'seeking',
  'ratechange',
  'loadedmetadata',
] as const;
const LOADED: ReadonlySet<string> = new Set(['loadedmetadata', 'playing']);
const ADDRESS_LASTS_MS = 60_000;

/** What the sound is doing. */
export function usePlayback(sound: HTMLMediaElement | null): Playback {
  const [playback, setPlayback] = useState(RESTING);

  useEffect(() => {
    if (!sound) return;
    const look = ({ type }: Event) => {
      const now = {
        playing: !sound.paused,
        waiting: type === 'waiting' && !sound.paused,
        second: Math.floor(positionOf(sound) / 1000),
        rate: sound.playbackRate,
      };
      setPlayback((before) => {
        // To be asked to play is not yet to have loaded.
        const next: Playback = { ...now, failed: before.failed && !LOADED.has(type) };
        return same(before, next) ? before : next;
      });
    };
    for (const event of EVENTS) sound.addEventListener(event, look);
    const stopMending = mend(sound, () => setPlayback((before) => ({ ...before, failed: true })));
    return () => {
      for (const event of EVENTS) sound.removeEventListener(event, look);
      stopMending();
    };
  }, [sound]);

  return playback;
}

function same(one: Playback, other: Playback): boolean {
  return (Object.keys(one) as (keyof Playback)[]).every((key) => one[key] === other[key]);
}

/** The address that the sound was redirected to ends after an hour: ask for another, and go on where it was. */
function mend(element: HTMLMediaElement, onFailure: () => void): () => void {
  let loadedAt = Number.NEGATIVE_INFINITY;
  let wasPlaying = false;
  const loaded = () => {
    loadedAt = performance.now();
  };
  const note = ({ type }: Event) => {
    wasPlaying = type === 'play';
  };
  const failed = () => {
    if (performance.now() - loadedAt < ADDRESS_LASTS_MS || loadedAt < 0) return onFailure();
    loadedAt = performance.now();
    if (wasPlaying) playAnew(element);
    else loadAnew(element);
  };
  element.addEventListener('loadedmetadata', loaded);
  element.addEventListener('play', note);
  element.addEventListener('pause', note);
  element.addEventListener('error', failed);
  return () => {
    element.removeEventListener('loadedmetadata', loaded);
    element.removeEventListener('play', note);
    element.removeEventListener('pause', note);
    element.removeEventListener('error', failed);
  };
}
