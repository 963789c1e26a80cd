/** What can be done with the sound. */

/** Play it from where it is, or let it rest. */
export function toggle(sound: HTMLMediaElement): void {
  if (sound.paused) play(sound);
  else sound.pause();
}

export function play(sound: HTMLMediaElement): void {
  // What keeps it from playing comes as an `error` event; a pause that comes first is no failure.
  sound.play().catch(() => {});
}

/** Load it once more, and leave it where it was. */
export function loadAnew(sound: HTMLMediaElement): void {
  const { currentTime, playbackRate } = sound;
  sound.load();
  sound.currentTime = currentTime;
  sound.playbackRate = playbackRate;
}

export function playAnew(sound: HTMLMediaElement): void {
  loadAnew(sound);
  play(sound);
}

export function seek(sound: HTMLMediaElement, ms: number): void {
  const end = Number.isFinite(sound.duration) ? sound.duration : Number.POSITIVE_INFINITY;
  const second = Math.min(Math.max(0, ms / 1000), end);
  // Nobody knows where the end is before the sound has begun to load.
  if (Number.isFinite(second)) sound.currentTime = second;
}

export function playFrom(sound: HTMLMediaElement, ms: number): void {
  seek(sound, ms);
  play(sound);
}

export function skip(sound: HTMLMediaElement, ms: number): void {
  seek(sound, sound.currentTime * 1000 + ms);
}

/** Where it is, in milliseconds. */
export function positionOf(sound: HTMLMediaElement): number {
  return sound.currentTime * 1000;
}

/** Where it was left, and whether anybody was listening. */
export interface Place {
  second: number;
  rate: number;
  isPlaying: boolean;
}

export function placeOf({ currentTime, playbackRate, paused }: HTMLMediaElement): Place {
  return { second: currentTime, rate: playbackRate, isPlaying: !paused };
}

/** Have one form of the same sound go on where another was left. */
export function goOnFrom(sound: HTMLMediaElement, { second, rate, isPlaying }: Place): void {
  sound.currentTime = second;
  sound.playbackRate = rate;
  if (isPlaying) play(sound);
}
