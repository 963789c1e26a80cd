/** What uploads take beyond the page's first look: brought once that is shown. */
export { UploadRow } from './UploadRow';
export { uploads } from './uploads';
