import { Icon, type IconProps } from '@/components/icons';

export function BrokenPictureIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M10 19H4V5h16v6M4 15l4-4 3 3M15 15l6 6M21 15l-6 6" />
    </Icon>
  );
}
