import type { ResultSummary } from '@/api/results';
import { Picture, Unseen } from './Picture';
import { thumbnailOf } from './thumbnail';

interface ThumbnailProps {
  result: ResultSummary;
  small?: boolean;
  className: string;
}

/** What a picture or a video looks like, beside its title. */
export function Thumbnail({ result, small = false, className }: ThumbnailProps) {
  const address = thumbnailOf(result);
  if (address === null) return null;
  const { kind, status, pictures, width, height } = result;
  if (pictures === 'failed' || (kind === 'image' && status === 'failed'))
    return <Unseen state="failed" small={small} className={className} />;
  return (
    <Picture
      address={address}
      isMade={pictures === 'ready'}
      alt=""
      width={width}
      height={height}
      small={small}
      className={className}
    />
  );
}
