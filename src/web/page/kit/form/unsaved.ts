import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../texts.js';

/** Tells whether something that is not saved would be lost. */
type Guard = () => boolean;

const guards = new Set<Guard>();
/** The address of what is not saved. */
let here = location.href;

const isAnythingUnsaved = (): boolean => [...guards].some((isUnsaved) => isUnsaved());

/** Whether what was typed may be lost: asks, where there is anything. */
export const mayDiscard = (isUnsaved: boolean): boolean => !isUnsaved || confirm(say('form.discard'));

/** Asks before anybody leaves something that is not saved: by a link, by going back, or by closing the window. */
export function useUnsaved(isUnsaved: Guard): void {
  useEffect(() => {
    here = location.href;
    guards.add(isUnsaved);
    return () => void guards.delete(isUnsaved);
  }, [isUnsaved]);
}

/** What a form is filled from, which stays as it was seen while anything is not saved. */
export function useHeld<Value>(value: Value): Value {
  const held = useRef(value);
  if (!isAnythingUnsaved()) held.current = value;
  return held.current;
}

// The router listens to the window too. These are here before it, since they come with the page itself.
addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]:not([target], [download])') : null;
    if (!link || mayDiscard(isAnythingUnsaved())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
addEventListener('popstate', (event) => {
  if (mayDiscard(isAnythingUnsaved())) return;
  event.stopImmediatePropagation();
  history.pushState(null, '', here);
});
addEventListener('beforeunload', (event) => {
  if (isAnythingUnsaved()) event.preventDefault();
});
