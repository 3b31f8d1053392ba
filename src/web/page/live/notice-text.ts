import { say, sayIfKnown } from '../texts.js';
import type { Monitor } from './sources.js';

/** Which notice each side of a listened call gets, and who has heard it in full. */
export function noticeText({ notice, told }: Monitor): string {
  if (notice === null) return '';
  const { member, other } = { member: kindText(notice.member), other: kindText(notice.other) };
  const sides =
    notice.member === notice.other
      ? say('live.noticeToBoth', { notice: member })
      : say('live.noticeToEach', { member, other });
  if (told.length === 2) return `${sides} ${say('live.bothTold')}`;
  return told.length === 1 ? `${sides} ${say(told[0] === 'member' ? 'live.memberTold' : 'live.otherTold')}` : sides;
}

const kindText = (notice: string): string => notice.split(', ').map(oneText).join(', ');

function oneText(notice: string): string {
  const [kind = '', seconds] = notice.split(' ');
  return seconds === undefined ? sayIfKnown('live.notice', kind) : say('live.toneEvery', { seconds });
}
