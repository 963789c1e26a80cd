import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes';

interface Said {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with it and what to do. */
  error?: ReactNode;
  /** Put after the label of fields that may stay empty. */
  optional?: ReactNode;
  className?: string | undefined;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  className: string;
}

export const INPUT =
  'w-full min-h-11 rounded-xl border border-edge bg-surface px-3 py-2 text-ink placeholder:text-muted aria-invalid:border-danger disabled:opacity-60';

/** A label, a hint and an error around any control: `<FieldFrame label=…>{(wiring) => <input {...wiring} />}</FieldFrame>`. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  className,
  children,
}: Said & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium">
        {label} {optional && <span className="font-normal text-muted text-sm">{optional}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        className: INPUT,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

type Framed<Element extends 'input' | 'select'> = Said & Omit<ComponentProps<Element>, keyof Said | 'id'>;

/** What is around a control, apart from what is its own. */
function apart<Props extends Said>({ label, hint, error, optional, className, ...own }: Props) {
  return { frame: { label, hint, error, optional, className }, own };
}

/** A line of text. */
export function Field(props: Framed<'input'>) {
  const { frame, own } = apart(props);
  return <FieldFrame {...frame}>{(wiring) => <input {...own} {...wiring} />}</FieldFrame>;
}

/** One of several: the system's own list, which every phone and screen reader knows. */
export function SelectField(props: Framed<'select'>) {
  const { frame, own } = apart(props);
  return <FieldFrame {...frame}>{(wiring) => <select {...own} {...wiring} />}</FieldFrame>;
}

/** Yes or no, with the whole line to press. */
export function CheckField({
  label,
  hint,
  className,
  ...input
}: Pick<Said, 'label' | 'hint' | 'className'> & Omit<ComponentProps<'input'>, 'type' | 'id' | 'className'>) {
  const id = useId();
  return (
    <div className={classes('flex gap-3 py-1.5', className)}>
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-sm">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
