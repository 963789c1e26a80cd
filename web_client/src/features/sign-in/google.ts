/**
 * Google Identity Services, loaded only where somebody may sign in by it.
 *
 * Source: https://developers.google.com/identity/gsi/web/reference/js-reference
 */
import { answer, api, type Schemas } from '@/api/client';

const SCRIPT = 'https://accounts.google.com/gsi/client';
const PATH = '/api/v1/auth/google';

interface GoogleAccounts {
  initialize(wish: {
    client_id: string;
    nonce: string;
    callback: (given: { credential: string }) => void;
  }): void;
  renderButton(place: HTMLElement, look: Record<string, string | number>): void;
}

declare global {
  interface Window {
    google?: { accounts: { id: GoogleAccounts } };
  }
}

/** Load Google's script, once. */
export async function loadGoogle(): Promise<GoogleAccounts> {
  if (!window.google) {
    await new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      script.src = SCRIPT;
      script.async = true;
      script.onload = () => resolve();
      script.onerror = () => {
        script.remove();
        reject(new Error('The script of Google could not be loaded.'));
      };
      document.head.append(script);
    });
  }
  if (!window.google) throw new Error('The script of Google is not what it was.');
  return window.google.accounts.id;
}

/** Begin our session with what Google has vouched for. */
export function signInByGoogle(credential: string): Promise<Schemas['SessionShown']> {
  const proof = crypto.randomUUID();
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // The API holds the form's token against a cookie: a page of another site can't set one here.
  // biome-ignore lint/suspicious/noDocumentCookie: not all browsers have the Cookie Store API
  document.cookie = `g_csrf_token=${proof}; Path=${PATH}; Max-Age=60; SameSite=Strict${secure}`;
  return answer(
    api.POST(PATH, {
      body: { credential, g_csrf_token: proof },
      bodySerializer: (body) => new URLSearchParams({ ...body }),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }),
  );
}
