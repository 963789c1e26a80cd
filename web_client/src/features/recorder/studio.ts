/** What recording takes beyond the page's first look: brought once that is shown, and before a microphone is opened. */

export { MicrophoneChoice } from '@/components/sound/MicrophoneChoice';
export { begin } from './begin';
export { CaptureView } from './CaptureView';
export { findEnded } from './ended';
export { KeptRecording } from './KeptRecording';
export { LeaveDialog } from './LeaveDialog';
