import { useEffect, useRef, useState } from 'react';
import { Field } from '@/components/Field';

interface SearchFieldProps {
  label: string;
  hint?: string;
  placeholder?: string;
  /** What is searched for now. */
  value: string;
  mostLetters?: number;
  onSearch: (query: string) => void;
  className?: string;
}

/** Long enough that a word is one search, and short enough not to be waited for. */
export const PAUSE = 300;

/** Searches once whoever types pauses, or presses Enter; Escape empties it. */
export function SearchField({ value, mostLetters = 254, onSearch, className, ...field }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const sought = useRef(value);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });

  useEffect(() => {
    // It was changed elsewhere: by going back, or by a link.
    if (value === sought.current) return;
    sought.current = value;
    setTyped(value);
  }, [value]);

  const seek = (query: string) => {
    if (query === sought.current) return;
    sought.current = query;
    search.current(query);
  };
  const seeks = useRef(seek);
  useEffect(() => {
    const timer = setTimeout(() => seeks.current(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <Field
      {...field}
      type="search"
      value={typed}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      maxLength={mostLetters}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') seek(typed.trim());
        if (event.key !== 'Escape' || typed === '') return;
        event.preventDefault(); // some browsers empty it by themselves
        setTyped('');
        seek('');
      }}
      {...(className ? { className } : {})}
    />
  );
}
