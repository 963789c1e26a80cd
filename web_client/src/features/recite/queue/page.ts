import { Outbox } from './outbox';

/** One for the page: recitals go on being sent while people look at something else. */
export const outbox = new Outbox();
