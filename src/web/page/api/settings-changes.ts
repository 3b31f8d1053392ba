import { useEffect, useRef } from 'preact/hooks';
import { watchEvents } from './events.js';

/** Asks for something at once, and again whenever somebody has changed the settings, so that pages that are open agree. */
export function useSettingsChanges(refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    latest.current();
    return watchEvents(['settings'], () => latest.current());
  }, []);
}
