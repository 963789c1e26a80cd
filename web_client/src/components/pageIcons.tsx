/** Icons that come with the pages that show them; those in `icons` are there from the beginning. */
import { Icon, type IconProps } from './icons';

export function DownloadIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M12 4v12M7 11.5l5 5 5-5M4 16v3.5h16V16" />
    </Icon>
  );
}

export function PlayIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M7.5 4.5v15l12-7.5z" fill="currentColor" />
    </Icon>
  );
}

export function TrashIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 7h16M9.5 7V4h5v3M6 7l1 13h10l1-13M10 11v5.5M14 11v5.5" />
    </Icon>
  );
}

export function CopyIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="8" y="8" width="12" height="12" rx="2" />
      <path d="M16 8V4H4v12h4" />
    </Icon>
  );
}

export function MoreIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />
    </Icon>
  );
}

export function PlusIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M12 5v14M5 12h14" />
    </Icon>
  );
}

export function PeopleIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="9" cy="8" r="3.5" />
      <path d="M2.5 20c.7-3.7 3.2-5.5 6.5-5.5s5.8 1.8 6.5 5.5M16 4.7a3.5 3.5 0 0 1 0 6.6M18 14.9c2 .8 3.2 2.5 3.6 5.1" />
    </Icon>
  );
}

export function SkipBackIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4.5 12A7.5 7.5 0 1 0 7 6.4L4 9M4 4v5h5" />
    </Icon>
  );
}

export function SkipAheadIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M19.5 12A7.5 7.5 0 1 1 17 6.4L20 9M20 4v5h-5" />
    </Icon>
  );
}

export function DownIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m5 9 7 7 7-7" />
    </Icon>
  );
}

export function RetryIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M19.5 12A7.5 7.5 0 1 1 17 6.4L20 9M20 4v5h-5" />
    </Icon>
  );
}

export function WarningIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M12 4 2.5 20h19zM12 10v4.5M12 17.2v.01" />
    </Icon>
  );
}
