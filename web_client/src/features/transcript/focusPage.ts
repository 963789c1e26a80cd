/** Have who listens go on from the page's beginning, where what had the focus is gone. */
export function focusPage(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
}
