import { useEffect } from 'react';

/** Keep the screen on while it is wished; browsers let go of that whenever the page is out of sight. */
export function useWakeLock(isWished: boolean): void {
  useEffect(() => {
    if (!isWished || !('wakeLock' in navigator)) return;
    let held: Promise<WakeLockSentinel | null> = Promise.resolve(null);
    const hold = () => {
      // Refused where the battery is low, for one: the screen may then go dark, and nothing else.
      if (document.visibilityState === 'visible')
        held = navigator.wakeLock.request('screen').catch(() => null);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      document.removeEventListener('visibilitychange', hold);
      void held.then((lock) => lock?.release());
    };
  }, [isWished]);
}
