import { Icon, type IconProps } from '@/components/icons';

/** Struck through where there are none. */
export function CaptionsIcon({ isOn, ...props }: IconProps & { isOn: boolean }) {
  return (
    <Icon {...props}>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="M6.5 15h5M14.5 15h3M6.5 11.5h3M12.5 11.5h5" />
      {!isOn && <path d="m3 21 18-18" />}
    </Icon>
  );
}

export function FillScreenIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
    </Icon>
  );
}
