/** What the API asks of what people write in these forms, to be told before anything is sent. */

/** Latin letters alone, although the API takes others: a pool may not. */
export const PASSWORD_RULES = {
  length: (password: string) => [...password].length >= 12,
  lower: (password: string) => /[a-z]/.test(password),
  upper: (password: string) => /[A-Z]/.test(password),
  digit: (password: string) => /[0-9]/.test(password),
  spaces: (password: string) => password !== '' && !/\s/.test(password),
};

export type PasswordRule = keyof typeof PASSWORD_RULES;
export const passwordRules = Object.keys(PASSWORD_RULES) as PasswordRule[];

export const RULES = {
  email: (text: string) => text.length <= 128 && /^[^\s@/]{1,64}@[^\s@/]+$/.test(text),
  name: (text: string) => text.length >= 1 && [...text].length <= 80,
  password: (text: string) =>
    [...text].length <= 256 && passwordRules.every((rule) => PASSWORD_RULES[rule](text)),
  code: (text: string) => /^[0-9A-Za-z]{1,32}$/.test(text),
  language: (text: string) => text.length <= 35,
};

export type FieldName = keyof typeof RULES;

/** The code in what was written or pasted, be it a whole sentence of the mail. */
export function codeIn(text: string): string {
  return /\b\d{4,10}\b/.exec(text)?.[0] ?? text.replace(/[\s-]/g, '');
}

/** What was written, as it is sent. */
export function tidy(name: FieldName, text: string): string {
  if (name === 'code') return codeIn(text);
  return name === 'password' ? text : text.trim();
}
