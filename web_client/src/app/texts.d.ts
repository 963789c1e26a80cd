/** The keys of all texts, so that the type check finds one that isn't there. */
import 'i18next';
import type player from '../components/player/texts/en.json';
import type recital from '../components/recital/texts/en.json';
import type components from '../components/texts/en.json';
import type account from '../features/account/texts/en.json';
import type admin from '../features/admin/texts/en.json';
import type documents from '../features/documents/texts/en.json';
import type home from '../features/home/texts/en.json';
import type recitals from '../features/recitals/texts/en.json';
import type recite from '../features/recite/texts/en.json';
import type recorder from '../features/recorder/texts/en.json';
import type results from '../features/results/texts/en.json';
import type signIn from '../features/sign-in/texts/en.json';
import type standings from '../features/standings/texts/en.json';
import type transcript from '../features/transcript/texts/en.json';
import type uploads from '../features/uploads/texts/en.json';
import type app from './texts/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    returnNull: false;
    resources: {
      app: typeof app;
      components: typeof components;
      player: typeof player;
      recital: typeof recital;
      home: typeof home;
      recorder: typeof recorder;
      uploads: typeof uploads;
      documents: typeof documents;
      recite: typeof recite;
      recitals: typeof recitals;
      standings: typeof standings;
      results: typeof results;
      transcript: typeof transcript;
      account: typeof account;
      'sign-in': typeof signIn;
      admin: typeof admin;
    };
  }
}
