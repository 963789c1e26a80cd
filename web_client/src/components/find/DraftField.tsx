import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { Field } from '@/components/Field';
import { PAUSE } from '@/components/list/SearchField';

interface DraftFieldProps extends Omit<ComponentProps<typeof Field>, 'value' | 'onChange'> {
  value: string;
  onValue: (value: string) => void;
}

/** Tells what is typed once whoever types pauses, and only what the field accepts. */
export function DraftField({ value, onValue, ...field }: DraftFieldProps) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // It was changed elsewhere: taken away, or by going back.
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <Field
      {...field}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        clearTimeout(timer.current);
        // An empty value may be one that is half typed; then it is not to be told.
        if (!target.validity.valid) return;
        timer.current = setTimeout(() => {
          told.current = target.value;
          onValue(target.value);
        }, PAUSE);
      }}
    />
  );
}
