/** What a file is, for the declaration before its bytes: systems disagree on types, so the name decides. */
const BY_EXTENSION: Record<string, string> = {
  '3gp': 'video/3gpp',
  aac: 'audio/aac',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  amr: 'audio/amr',
  avi: 'video/x-msvideo',
  avif: 'image/avif',
  caf: 'audio/x-caf',
  flac: 'audio/flac',
  flv: 'video/x-flv',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m2ts: 'video/mp2t',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  m4v: 'video/x-m4v',
  mka: 'audio/x-matroska',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mts: 'video/mp2t',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/opus',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ts: 'video/mp2t',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  webp: 'image/webp',
  wma: 'audio/x-ms-wma',
  wmv: 'video/x-ms-wmv',
};

/** For the system's own dialog. */
export const ACCEPTED = [
  'audio/*',
  'video/*',
  'image/*',
  ...Object.keys(BY_EXTENSION).map((end) => `.${end}`),
];

export function mediaTypeOf(file: File): string {
  // A recording of ours says exactly what it is; `.webm` alone would not.
  if (file.type.startsWith('audio/webm')) return 'audio/webm';
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  return BY_EXTENSION[extension] ?? (file.type || 'application/octet-stream');
}
