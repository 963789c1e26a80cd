import { useCallback, useRef } from 'react';
import { goOnFrom, type Place, placeOf } from './sound';

/** Hold the element that plays. One that takes the place of another goes on from where that was. */
export function useHold(onSound: (sound: HTMLMediaElement | null) => void) {
  const left = useRef<Place | null>(null);
  return useCallback(
    (element: HTMLMediaElement | null) => {
      if (!element) return;
      if (left.current) goOnFrom(element, left.current);
      onSound(element);
      return () => {
        left.current = placeOf(element);
        onSound(null);
      };
    },
    [onSound],
  );
}
