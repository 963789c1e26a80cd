/** What shows results at home: brought while these are asked for, as one can record and upload before. */
export { FailedRow } from './FailedRow';
export { FinishedRow } from './FinishedRow';
export { UnderWayRow } from './UnderWayRow';
