import type { Segment } from 'node-pjsua2';
import { howlerDbfs, networkTones, toneDbfs } from '../switchboard/network-tones.js';
import type { Language, Playback, Utterance } from '../switchboard/wishes.js';
import type { ToneSegment } from './box-tones.js';
import { boxTones } from './box-tones.js';
import type { PromptLibrary, SpokenName } from './prompt-library.js';
import { spokenDigits } from './prompt-library.js';

/** Silence between the digits of a number, in milliseconds. */
const digitGapMs = 60;

/** What the player has to play for a playback, piece by piece. */
export function segmentsOf(prompts: PromptLibrary, { items, language }: Playback): Segment[] {
  return items.flatMap((item) => utteranceSegments(prompts, language, item));
}

function utteranceSegments(prompts: PromptLibrary, language: Language, item: Utterance): Segment[] {
  const speech = (name: SpokenName): Segment => ({ samples: prompts.samples(language, name) });
  switch (item.kind) {
    case 'prompt':
      return [speech(item.name)];
    case 'digits':
      return spokenDigits(item.digits).flatMap((name) => [speech(name), { silenceMs: digitGapMs }]);
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

function toneSegment({ frequencies, ms, levelDbfs }: ToneSegment): Segment {
  return frequencies.length === 0 ? { silenceMs: ms } : { frequencies: [...frequencies], ms, levelDbfs };
}
