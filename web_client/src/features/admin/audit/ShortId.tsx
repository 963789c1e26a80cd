/** The end of an id, which is what tells it from others, and all of it on pointing at it. */
export function ShortId({ id }: { id: string }) {
  return (
    <code dir="ltr" title={id} className="text-sm">
      …{id.slice(-8)}
    </code>
  );
}
