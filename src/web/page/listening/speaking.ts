import { effect } from '@preact/signals';
import { say } from '../texts.js';
import { browserCall } from './browser-call.js';
import { latestNews, type News, ownMonitors, partyIn, problem } from './own-monitors.js';

const noMicrophone: News = problem(() => say('listening.noMicrophone'));

/** Whether somebody is to hear the moderator by the browser. */
function isHeard(session: number): boolean {
  const mode = ownMonitors.value.value?.entries.find((monitor) => monitor.session === session)?.mode;
  return partyIn.value === session || mode === 'whisper' || mode === 'barge';
}

// The microphone goes by what the box says, whoever has changed it: never before it is to be heard, and no longer.
effect(() => {
  const call = browserCall.value;
  if (!call) return;
  call.speak(isHeard(call.session)).catch(() => {
    latestNews.value = noMicrophone;
  });
});

/** Why the moderator cannot speak in this page; null if they can. Asks for the microphone. */
export async function askToSpeak(): Promise<News | null> {
  return (
    browserCall.value?.prepare().then(
      () => null,
      () => noMicrophone,
    ) ?? null
  );
}
