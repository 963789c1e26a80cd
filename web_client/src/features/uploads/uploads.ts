import { Uploads } from './queue';

/** One for the page: an upload goes on while people look at their results. */
export const uploads = new Uploads();
