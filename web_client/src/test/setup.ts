import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeEach } from 'vitest';
import { placeOf } from '@/lib/languages';

const files = import.meta.glob<Record<string, unknown>>(
  ['../*/texts/*.json', '../{components,features}/*/texts/*.json'],
  {
    eager: true,
    import: 'default',
  },
);

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, texts] of Object.entries(files)) {
  const place = placeOf(path);
  if (!place) continue;
  const ofLanguage = resources[place.code] ?? {};
  resources[place.code] = { ...ofLanguage, [place.namespace]: texts };
}

await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: resources as never,
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  // A text that is missing in English as well is a mistake.
  saveMissing: true,
  missingKeyHandler: (_languages, namespace, key, fallback) => {
    if (fallback === key) throw new Error(`There is no text ${namespace}:${key}.`);
  },
});

beforeEach(async () => {
  await i18next.changeLanguage('en');
});
afterEach(cleanup);

// What jsdom lacks of dialogs, as far as components rely on it.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
  this.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
