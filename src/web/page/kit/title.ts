import { useEffect } from 'preact/hooks';

/** Names the place in the title of the window. */
export function useTitle(place: string): void {
  useEffect(() => {
    document.title = `${place} · Modcall`;
  }, [place]);
}
