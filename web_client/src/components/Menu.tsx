import {
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  use,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react';
import { IconButton, type IconButtonProps } from './Button';
import { classes } from './classes';
import { CheckIcon } from './icons';
import { MenuList } from './MenuList';

const Close = createContext<() => void>(() => {});

const ITEM =
  'flex min-h-11 w-full cursor-pointer select-none items-center gap-3 rounded-lg px-3 text-start no-underline outline-none hover:bg-raised focus:bg-raised focus-visible:outline-2 focus-visible:-outline-offset-2 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

interface MenuProps extends Omit<IconButtonProps, 'children' | 'onClick'> {
  /** What is on the button that opens it. */
  icon: ReactNode;
  children: ReactNode;
}

/** A button that opens a list of things to do (https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/). */
export function Menu({ icon, children, ...button }: MenuProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = useCallback(() => {
    trigger.current?.focus();
    setOpen(false);
  }, []);
  return (
    <>
      <IconButton
        {...button}
        ref={trigger}
        id={`${id}-button`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon}
      </IconButton>
      {open && (
        <MenuList id={id} trigger={trigger} onClose={close} onLeave={() => setOpen(false)}>
          <Close value={close}>{children}</Close>
        </MenuList>
      )}
    </>
  );
}

interface MenuItemProps {
  children: ReactNode;
  onSelect?: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
}

export function MenuItem({ children, onSelect, icon, danger = false, disabled = false }: MenuItemProps) {
  const close = use(Close);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      className={classes(ITEM, danger && 'text-danger')}
      onClick={() => {
        if (disabled) return;
        // First, so that a dialog which this opens can take the focus and give it back to the menu's button.
        close();
        onSelect?.();
      }}
    >
      {icon}
      {children}
    </button>
  );
}

type LinkElement = ReactElement<{
  role?: string;
  tabIndex?: number;
  className?: string;
  onClick?: () => void;
}>;

/** A link of a menu: `<MenuLink><Link to="/account">…</Link></MenuLink>`. */
export function MenuLink({ children }: { children: LinkElement }) {
  return cloneElement(children, { role: 'menuitem', tabIndex: -1, className: ITEM, onClick: use(Close) });
}

interface MenuChoiceProps<Value extends string> {
  /** What is chosen among. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
}

/** One of several, within a menu. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  const close = use(Close);
  return (
    <MenuGroup label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="menuitemradio"
          aria-checked={option.value === value}
          tabIndex={-1}
          lang={option.lang}
          className={classes(ITEM, 'justify-between')}
          onClick={() => {
            close();
            onChange(option.value);
          }}
        >
          <bdi>{option.label}</bdi>
          {option.value === value && <CheckIcon className="text-accent" />}
        </button>
      ))}
    </MenuGroup>
  );
}

/** Items that belong together, under what they are. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a menu
    <div role="group" aria-label={label}>
      <p aria-hidden="true" className="px-3 py-1.5 text-muted text-sm">
        {label}
      </p>
      {children}
    </div>
  );
}

export function MenuLine() {
  return <hr className="mx-2 my-1.5 border-line" />;
}
