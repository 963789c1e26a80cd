import { useState } from 'react';
import type { Film } from '@/components/player/film';
import { Unplayable } from '@/components/player/Unplayable';
import { usePlayback } from '@/components/player/usePlayback';
import { Video } from '@/components/player/Video';

/** A video in which nothing is to be heard, and so nothing to be read: it has the page for itself. */
export function SilentVideo({ film }: { film: Film }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const { failed } = usePlayback(video);
  return (
    <div className="mb-6 [--tallest:70svh]">
      <Video film={film} video={video} ref={setVideo} controls />
      {failed && video && <Unplayable sound={video} address={film.address} />}
    </div>
  );
}
