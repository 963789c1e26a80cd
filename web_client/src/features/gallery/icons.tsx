import { Icon, type IconProps } from '@/components/icons';

export function PictureIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <circle cx="8.5" cy="10" r="1.5" />
      <path d="m4 18 6-5 3 2.5 3.5-3.5 4.5 4.5" />
    </Icon>
  );
}
