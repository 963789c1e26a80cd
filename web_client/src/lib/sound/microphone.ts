/** Opens microphones, and remembers for this tab which one was chosen. */
const CHOSEN = 'lectern.microphone';

export function chosenMicrophone(): string {
  return sessionStorage.getItem(CHOSEN) ?? '';
}

export function chooseMicrophone(deviceId: string): void {
  sessionStorage.setItem(CHOSEN, deviceId);
}

/** What speech is collected with has to be as it was spoken: what browsers do for calls changes the level by 13 dB. */
const UNTOUCHED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Open the chosen microphone; where it is gone, the one that the system would take. */
export async function openMicrophone(): Promise<MediaStream> {
  // Not there where the page is neither on this machine nor came by HTTPS.
  if (!navigator.mediaDevices || typeof MediaRecorder === 'undefined') {
    throw new DOMException('This browser records nothing here.', 'NotSupportedError');
  }
  const deviceId = chosenMicrophone();
  if (!deviceId) return navigator.mediaDevices.getUserMedia({ audio: UNTOUCHED });
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { ...UNTOUCHED, deviceId: { exact: deviceId } },
    });
  } catch (error) {
    const isGone =
      error instanceof Error && (error.name === 'OverconstrainedError' || error.name === 'NotFoundError');
    if (!isGone) throw error;
    return navigator.mediaDevices.getUserMedia({ audio: UNTOUCHED });
  }
}

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4'];

/** What this browser records as. */
export function recordingType(): string {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? '';
}
