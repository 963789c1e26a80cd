/** Texts, loaded by namespace and language as they are needed. */
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { directionOf } from '@/lib/direction';
import { choose, FALLBACK, isComplete, languages, textsOf } from '@/lib/languages';

const KEPT = 'lectern.language';

const files: BackendModule = {
  type: 'backend',
  init: () => {},
  read: (language, namespace, done) => {
    textsOf(language, namespace).then(
      (texts) => done(null, texts as Record<string, string>),
      (error: unknown) => done(error instanceof Error ? error : String(error), null),
    );
  },
};

function tellDocument(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/** Begin with the language that was chosen here before, else the browser's. */
export async function beginTexts(): Promise<void> {
  i18next.on('languageChanged', tellDocument);
  await i18next
    .use(files)
    .use(initReactI18next)
    .init({
      lng: choose([localStorage.getItem(KEPT), ...navigator.languages]),
      fallbackLng: (code) => (isComplete(code) ? [] : [FALLBACK]),
      supportedLngs: languages,
      ns: ['app', 'components'],
      defaultNS: 'app',
      initAsync: false, // begins at once, so that routes may ask for texts of their own beside these
      interpolation: { escapeValue: false }, // React does that
      returnNull: false,
    });
}

export async function changeLanguage(code: string): Promise<void> {
  localStorage.setItem(KEPT, code);
  await i18next.changeLanguage(code);
}

/** For loaders of routes: have a feature's texts there together with its code. */
export async function loadTexts(...namespaces: string[]): Promise<void> {
  await i18next.loadNamespaces(namespaces);
}
