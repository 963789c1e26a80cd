/** Light, dark, or as the system has it. */
import { useState } from 'react';

/** `public/early.js` reads it before anything is painted. */
const KEPT = 'lectern.theme';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(
    () => themes.find((name) => name === localStorage.getItem(KEPT)) ?? 'system',
  );
  const change = (wished: Theme) => {
    if (wished === 'system') {
      localStorage.removeItem(KEPT);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(KEPT, wished);
      document.documentElement.dataset.theme = wished;
    }
    setTheme(wished);
  };
  return [theme, change];
}
