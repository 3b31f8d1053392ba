import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { isConnected } from '../api/events.js';
import { durationText } from '../kit/times.js';
import { boxTime } from './live-data.js';

/** How long something has lasted. Each second its text is written anew, and nothing else of the page: there may be many. */
export function Duration({ since }: { readonly since: string }) {
  const text = useMemo(() => computed(() => durationText(boxTime.value - Date.parse(since))), [since]);
  return <span class={isConnected.value ? 'duration' : 'duration is-stale'}>{text}</span>;
}
