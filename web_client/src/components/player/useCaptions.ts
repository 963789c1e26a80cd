import { useEffect, useState } from 'react';

/** Whether captions are shown, by our button or by the browser's own; those that come later are as those before. */
export function useCaptions(video: HTMLVideoElement | null) {
  const [areShown, setShown] = useState(true);
  useEffect(() => {
    if (!video) return;
    const { textTracks } = video;
    const put = () => {
      for (const track of textTracks) track.mode = areShown ? 'showing' : 'hidden';
    };
    const look = () => setShown([...textTracks].some(({ mode }) => mode === 'showing'));
    put();
    textTracks.addEventListener('addtrack', put);
    textTracks.addEventListener('change', look);
    return () => {
      textTracks.removeEventListener('addtrack', put);
      textTracks.removeEventListener('change', look);
    };
  }, [video, areShown]);
  return { areShown, toggle: () => setShown(!areShown) };
}
