import type { ComponentChildren } from 'preact';

/** The heading of a place or step. The focus goes there when it opens. */
export function Heading({ children }: { readonly children: ComponentChildren }) {
  return <h1 tabIndex={-1}>{children}</h1>;
}
