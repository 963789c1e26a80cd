import { Icon, type IconProps } from '@/components/icons';

export function UndoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3" />
    </Icon>
  );
}

export function RedoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m16 5 4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3" />
    </Icon>
  );
}

export function ReplaceIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="10" cy="10" r="6" />
      <path d="m14.5 14.5 6 6" />
    </Icon>
  );
}

export function UpIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m5 15 7-7 7 7" />
    </Icon>
  );
}

export function UnsureIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M12 3v11M8 10.5l4 4 4-4M4 20h.01M9.3 20h.01M14.7 20h.01M20 20h.01" />
    </Icon>
  );
}

export function ClockIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </Icon>
  );
}
