import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { problemSentence } from '@/components/problemSentence';
import { type FieldName, RULES, tidy } from './rules';

/** Problems that are about what was written in one field. */
const BLAMED: Record<string, FieldName> = { code_refused: 'code', password_refused: 'password' };

interface FormWish<Name extends FieldName> {
  /** The fields, by their names in the form. */
  fields: readonly Name[];
  send: (written: Record<Name, string>) => Promise<unknown>;
  onSent: (written: Record<Name, string>) => void;
}

/** A form that is checked before it is sent, sent once, and puts the focus where something is wrong. */
export function useForm<Name extends FieldName>({ fields, send, onSent }: FormWish<Name>) {
  const { t, i18n } = useTranslation('sign-in');
  const form = useRef<HTMLFormElement>(null);
  // Kept beside the state of the mutation, which two quick presses of Enter would both still find idle.
  const underWay = useRef(false);
  const [faulty, setFaulty] = useState<readonly Name[]>([]);
  const sending = useMutation({
    mutationFn: send,
    meta: { shownInPlace: true },
    onSuccess: (_answer, written) => onSent(written),
    onError: (error) => {
      underWay.current = false;
      setFaulty(fields.filter((name) => isBlamed(error, name)));
    },
  });

  useEffect(() => {
    if (faulty.length) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [faulty]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (underWay.current) return;
    const data = new FormData(event.currentTarget);
    const entries = fields.map((name) => [name, tidy(name, String(data.get(name) ?? ''))] as const);
    const wrong = entries.filter(([name, text]) => !RULES[name](text)).map(([name]) => name);
    sending.reset();
    setFaulty(wrong);
    if (wrong.length) return;
    underWay.current = true;
    sending.mutate(Object.fromEntries(entries) as Record<Name, string>);
  };

  const faultOf = (name: Name): string | undefined => {
    if (!faulty.includes(name)) return undefined;
    const field: FieldName = name;
    const { error } = sending;
    const isToldByProblem = error instanceof Problem && BLAMED[error.code] === name;
    return isToldByProblem ? problemSentence(error, i18n, 'sign-in') : t(`faults.${field}`);
  };

  return {
    form: { ref: form, onSubmit, noValidate: true },
    /** Until the next page is there, too. */
    busy: sending.isPending || sending.isSuccess,
    faultOf,
    /** What went wrong beside the fields. */
    error: faulty.length ? null : sending.error,
  };
}

function isBlamed(error: Error, name: FieldName): boolean {
  return error instanceof Problem && (BLAMED[error.code] === name || name in error.fields);
}
