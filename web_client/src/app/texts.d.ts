/** The keys of all texts, so that the type check finds one that isn't there. */
import 'i18next';
import type find from '../components/find/texts/en.json';
import type player from '../components/player/texts/en.json';
import type recital from '../components/recital/texts/en.json';
import type rendition from '../components/rendition/texts/en.json';
import type components from '../components/texts/en.json';
import type account from '../features/account/texts/en.json';
import type admin from '../features/admin/texts/en.json';
import type documents from '../features/documents/texts/en.json';
import type editor from '../features/editor/texts/en.json';
import type gallery from '../features/gallery/texts/en.json';
import type home from '../features/home/texts/en.json';
import type recitals from '../features/recitals/texts/en.json';
import type recite from '../features/recite/texts/en.json';
import type recorder from '../features/recorder/texts/en.json';
import type results from '../features/results/texts/en.json';
import type shared from '../features/shared/texts/en.json';
import type shares from '../features/shares/texts/en.json';
import type signIn from '../features/sign-in/texts/en.json';
import type standings from '../features/standings/texts/en.json';
import type transcript from '../features/transcript/texts/en.json';
import type uploads from '../features/uploads/texts/en.json';
import type versions from '../features/versions/texts/en.json';
import type webhooks from '../features/webhooks/texts/en.json';
import type app from './texts/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    returnNull: false;
    resources: {
      app: typeof app;
      components: typeof components;
      find: typeof find;
      player: typeof player;
      recital: typeof recital;
      rendition: typeof rendition;
      home: typeof home;
      gallery: typeof gallery;
      recorder: typeof recorder;
      uploads: typeof uploads;
      documents: typeof documents;
      recite: typeof recite;
      recitals: typeof recitals;
      standings: typeof standings;
      results: typeof results;
      transcript: typeof transcript;
      editor: typeof editor;
      versions: typeof versions;
      shared: typeof shared;
      shares: typeof shares;
      account: typeof account;
      'sign-in': typeof signIn;
      admin: typeof admin;
      webhooks: typeof webhooks;
    };
  }
}
