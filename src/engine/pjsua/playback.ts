import type { Segment } from 'node-pjsua2';
import type { Language } from '../../primitives/language.js';
import type { Playback, Utterance } from '../../switchboard/audio.js';
import { howlerDbfs, networkTones, toneDbfs } from '../../switchboard/network-tones.js';
import type { ToneSegment } from '../box-tones.js';
import { boxTones } from '../box-tones.js';
import type { PromptLibrary, SpokenName } from '../prompt-library.js';
import { spelled, spokenDigits } from '../prompt-library.js';

/** Silence between characters spoken one by one, in milliseconds. */
const characterGapMs = 60;

/** The segments to play for a playback. */
export function segmentsOf(prompts: PromptLibrary, { items, language }: Playback): Segment[] {
  return items.flatMap((item) => utteranceSegments(prompts, language, item));
}

function utteranceSegments(prompts: PromptLibrary, language: Language, item: Utterance): Segment[] {
  const speech = (name: SpokenName): Segment => ({ samples: prompts.samples(language, name) });
  switch (item.kind) {
    case 'prompt':
      return [speech(item.name)];
    case 'digits':
      return oneByOne(spokenDigits(item.digits).map(speech));
    case 'spelling':
      return oneByOne(spelled(item.text).map(speech));
    case 'pause':
      return [{ silenceMs: item.ms }];
    case 'tone':
      return boxTones[item.name].map(toneSegment);
    case 'networkTone': {
      const levelDbfs = item.name === 'howler' ? howlerDbfs : toneDbfs;
      return networkTones[item.country][item.name].map((segment) => toneSegment({ ...segment, levelDbfs }));
    }
  }
}

function oneByOne(speech: readonly Segment[]): Segment[] {
  return speech.flatMap((segment) => [segment, { silenceMs: characterGapMs }]);
}

function toneSegment({ frequencies, ms, levelDbfs }: ToneSegment): Segment {
  return frequencies.length === 0 ? { silenceMs: ms } : { frequencies: [...frequencies], ms, levelDbfs };
}
