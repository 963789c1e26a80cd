import { renditionAddress } from '@/api/renditions';
import { ProblemNote } from '@/components/ProblemNote';
import { Unseen } from '@/components/rendition/Picture';
import { useLoaded } from '@/components/rendition/useLoaded';
import type { Result } from './queries';
import { Failed } from './Standing';

/** A picture as large as the page has room for, in room that is there before it comes. */
export function WholePicture({ result }: { result: Result }) {
  const { id, error, pictures_error: reason } = result;
  // One that was complete, and could not be made again once it had expired; what failed as a whole has said so.
  if (reason) return error ? null : <Failed resultId={id} error={reason} />;
  return <Shown result={result} />;
}

function Shown({ result: { id, title, width, height, pictures } }: { result: Result }) {
  const address = renditionAddress(id, 'web');
  const { state, error, turn, onError, onRetry } = useLoaded(address, pictures === 'ready');
  if (error) return <ProblemNote error={error} namespace="rendition" onRetry={onRetry} />;
  const [across, down] = width && height ? [width, height] : [4, 3];
  return (
    <div
      role={state === 'there' ? undefined : 'status'}
      className="mx-auto overflow-hidden rounded-2xl"
      style={{
        aspectRatio: `${across} / ${down}`,
        inlineSize: `min(100%, ${width ?? 640}px, calc(80svh * ${across / down}))`,
      }}
    >
      {state === 'there' ? (
        <img
          key={turn}
          src={address}
          alt={title}
          width={across}
          height={down}
          decoding="async"
          onError={onError}
          className="size-full"
        />
      ) : (
        <Unseen state={state} className="size-full" />
      )}
    </div>
  );
}
