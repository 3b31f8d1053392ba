import type { BusyLamp } from '../../primitives/busy-lamp.js';

export const dialogInfoType = 'application/dialog-info+xml';

/** The counter of a subscription's documents has 32 bits (RFC 4235, 4.1). */
export const versions = 2 ** 32;

/** What a phone is told of a number that it watches (RFC 4235): always all of it, so that one that has missed a document is not misled by the next one. */
export function dialogInfo(entity: string, lamp: BusyLamp, version: number): string {
  const root = 'dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"';
  return [
    '<?xml version="1.0"?>',
    `<${root} version="${version % versions}" state="full" entity="${entity}">`,
    ...(lamp === 'idle' ? [] : [dialog(entity, lamp)]),
    '</dialog-info>',
    '',
  ].join('\n');
}

/** Only one that rings can be picked up, and phones let a lamp blink only for a call that comes in. */
function dialog(entity: string, lamp: Exclude<BusyLamp, 'idle'>): string {
  if (lamp === 'ringing') return '<dialog id="1" direction="recipient"><state>early</state></dialog>';
  const isHeld = `<local><target uri="${entity}"><param pname="+sip.rendering" pvalue="no"/></target></local>`;
  return `<dialog id="1"><state>confirmed</state>${lamp === 'held' ? isHeld : ''}</dialog>`;
}
