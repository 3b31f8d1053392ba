import { useEffect, useRef } from 'preact/hooks';
import { watchEvents } from './events.js';

/** Asks for something once the box tells what happens, and again whenever somebody has changed the settings, so that pages that are open agree. */
export function useSettingsChanges(refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => watchEvents(['settings'], () => latest.current()), []);
}
