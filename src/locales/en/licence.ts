import type { Tree } from '../tree.js';

interface Group {
  /** Counted from 1 after the prefix. */
  readonly group: number;
}

function moment(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function extensions(limit: number | 'unlimited'): string {
  return limit === 'unlimited' ? 'any number of extensions' : `up to ${limit} extensions`;
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

const kinds = { bought: 'bought', rented: 'rented', demo: 'demo', nfr: 'not for resale (NFR)' };

const otherBox = ({ issuedFor, ownId }: { issuedFor: readonly string[]; ownId: string }): string =>
  `This licence key belongs to another box: ${issuedFor.join(', ')}. This box is ${ownId}.`;

const hardwareIdInstead = (whose: string, ownId: string, prefix: string): string =>
  `This is the hardware ID of ${whose}, not a licence key. Send the hardware ID (${ownId}) to your vendor; the licence key you get for it begins with ${prefix}-.`;

/** Everything about licences. Each text says what is the matter and, where something is to be done, what. */
export const licence = {
  kind: kinds,
  label: {
    product: 'Product',
    version: 'Version',
    hardwareId: 'Hardware ID',
    hardwareIds: 'Hardware IDs',
    serverKeys: 'Server licence keys',
    extensionsSetUp: 'Extensions set up',
    keyNumber: 'Key number',
    kind: 'Kind',
    holder: 'Issued for',
    issued: 'Issued',
    expires: 'Expires',
    graceDays: 'Grace time in days',
    never: 'never',
    members: 'Covers',
    highestMajor: 'Up to version',
    replaces: 'Replaces key number',
    date: 'Date',
  },
  moment: ({ instant }: { instant: number }) => moment(instant),
  extensions: ({ limit }: { limit: number | 'unlimited' }) => extensions(limit),
  order: {
    title: 'Order sheet',
    introduction: 'Please send this sheet to your vendor. The licence key is made for this hardware ID.',
    customer: 'Customer',
    customerNumber: 'Customer or order number',
    wanted: 'Wanted',
    tier: 'Tier (extensions)',
    currentLicence: 'Present licence',
    none: 'none',
    hint: 'Keep a backup of the identity (modcall identity backup): without it, the hardware ID is a different one after a new installation.',
    scan: 'Hardware ID as QR code',
    buy: 'buy',
    rent: 'rent',
    demo: 'demo (30 days)',
    higherTier: 'higher tier',
    update: 'paid update',
  },
  delivery: {
    title: 'Delivery note',
    introduction: 'Thank you for your order. This licence key unlocks monitoring on the boxes named here.',
    scan: 'Licence key as QR code',
    enter:
      'Give the licence file to the box: modcall licence enter --file FILE. Or paste the text of the key, or scan the QR code and paste what it says: modcall licence enter - takes it. It counts at once; running calls are not touched.',
    keep: 'Keep this note: after a new installation you need the key again. It is checked on the box alone and never needs the internet.',
  },
  mistake: {
    strangeCharacter: ({ group, character }: Group & { character: string }) =>
      `Typing mistake in group ${group}: the character “${character}” does not occur there. Please compare this group.`,
    tooShort: ({ group }: Group) =>
      `Typing mistake in group ${group}: a character is missing. Each group has five. Please compare this group.`,
    tooLong: ({ group }: Group) =>
      `Typing mistake in group ${group}: it has a character too many. Each group has five. Please compare this group.`,
    mistyped: ({ group }: Group) =>
      `Typing mistake in group ${group}: a character is wrong, or two are swapped. Please compare this group.`,
  },
  hardwareIdProblem: {
    wrongPrefix: ({ prefix }: { prefix: string }) => `This is not a hardware ID: it must begin with ${prefix}-.`,
    wrongLength: ({ groups, needed, prefix }: { groups: number; needed: number; prefix: string }) =>
      `This is not a whole hardware ID: it has ${groups} groups instead of ${needed} after ${prefix}-.`,
  },
  keyProblem: {
    empty: ({ prefix }: { prefix: string }) =>
      `There is no licence key in it. Please choose the licence file from your vendor, or paste the key that begins with ${prefix}-.`,
    tooLarge:
      'This is too large for a licence key. Please choose the licence file you were sent; it has a few lines of text.',
    notText:
      'This is not a licence file: it holds no plain text. Please choose the licence file you were sent, or type the key.',
    notALicenceKey: ({ prefix }: { prefix: string }) =>
      `This is not a licence key: it must begin with ${prefix}-. Please choose the licence file from your vendor, or paste the key from it or from the QR code of your delivery note.`,
    ownHardwareId: ({ ownId, prefix }: { ownId: string; prefix: string }) =>
      hardwareIdInstead('this box', ownId, prefix),
    otherHardwareId: ({ ownId, prefix }: { ownId: string; prefix: string }) =>
      hardwareIdInstead('another box', ownId, prefix),
    incomplete: ({ groups }: { groups: number }) =>
      `The licence key is not complete: it ends after group ${groups}. Please enter all of it.`,
    notSigned:
      'This licence key is not genuine: its signature does not fit. Please use the key exactly as you were sent it, or ask your vendor for a new one.',
    newerFormat:
      'This licence key was made for a newer version of the product. Please update the box first, then enter the key again.',
    unreadable:
      'This licence key is genuine, but holds something that makes no sense. Please ask your vendor for a new one.',
  },
  refusal: {
    noLicence:
      'No licence key has been entered. Telephony works; monitoring does not. Order a licence with the order sheet (modcall licence order-sheet) and enter its key (modcall licence enter).',
    hardwareIdUnknown:
      'The hardware ID cannot be found out, so no licence can be checked. See the log for the cause; if the host key is damaged, restore it from its backup.',
    keyUnread:
      'The licence could not be read from the disk in time. It is asked for again until it is there, and counts from then on. If that takes minutes, check the disk or memory card.',
    hardwareIdUnread:
      'The box is still reading its hardware ID, which takes longer than usual, so no licence can be checked yet. Once it is read, the licence is checked by itself. If that takes minutes, check the disk or memory card.',
    blocked: ({ ownId }: { ownId: string }) =>
      `Your vendor has blocked this box (${ownId}) for licences that were not bought. Please ask your vendor.`,
    otherProduct: ({ product }: { product: string }) =>
      `This licence key is for another product (${product}). Please enter the key for Modcall.`,
    otherBox: (params: { issuedFor: readonly string[]; ownId: string }) =>
      `${otherBox(params)} Enter the key on the box it was issued for, or order one for this box.`,
    otherKey: (params: { issuedFor: readonly string[]; ownId: string }) =>
      `${otherBox(params)} It is the same board with another host key, as after a new installation: restore the backup of the identity (modcall identity restore), or ask your vendor for a new key.`,
    otherCpu: (params: { issuedFor: readonly string[]; ownId: string }) =>
      `${otherBox(params)} It has the same host key on another board: ask your vendor for a key for this one.`,
    otherServer: ({ keyNumbers }: { keyNumbers: readonly number[] }) =>
      `This licence key belongs to the server licence key number ${keyNumbers.join(' or ')}, which is not valid on this box. Please enter that server licence key here first, or ask your vendor for a key for this box.`,
    updateNotCovered: ({ highestMajor, version }: { highestMajor: number; version: string }) =>
      `This licence is for version ${highestMajor} and older; version ${version} is installed. A paid update is needed: order it with the order sheet, or go back to version ${highestMajor}.`,
    demoExpired: ({ expired }: { expired: number }) =>
      `The demo licence expired on ${moment(expired)}. Order a licence with the order sheet to go on.`,
    rentedExpired: ({ expired, ended }: { expired: number; ended: number }) =>
      `The rented licence expired on ${moment(expired)}, its grace time on ${moment(ended)}. Please renew it with your vendor and enter the new key.`,
    nfrExpired: ({ expired }: { expired: number }) =>
      `The NFR licence expired on ${moment(expired)}. Please ask your vendor for a new one.`,
    clockSetBack: ({ shown, latest }: { shown: number; latest: number }) =>
      `The clock of this box is wrong: it shows ${moment(shown)}, but it was already ${moment(latest)}. Set the clock right, or enter a newly issued licence key.`,
    tierTooSmall: ({ members, setUp }: { members: number; setUp: number }) =>
      `The licence covers up to ${members} extensions, but ${setUp} are set up. Order the next tier with the order sheet, or remove ${setUp - members} of them.`,
  },
  warning: {
    expiresSoon: ({ expires, daysLeft }: { expires: number; daysLeft: number }) =>
      `The licence expires in ${days(daysLeft)}, on ${moment(expires)}. Please order or renew it in time.`,
    inGraceTime: ({ expired, ends, daysLeft }: { expired: number; ends: number; daysLeft: number }) =>
      `The licence expired on ${moment(expired)}. Monitoring goes on for ${days(daysLeft)} more, until ${moment(ends)}. Please renew it now.`,
    clockNotSet:
      'The clock of this box is not set; the licence is judged by the last time known. Please check the network and the time server.',
  },
  allowed: {
    simulatedBoard:
      'Simulated board: it counts as not for resale (NFR) and needs no licence key. Not for use in an office.',
    licence: ({
      kind,
      keyNumber,
      limit,
    }: {
      kind: keyof typeof kinds;
      keyNumber: number;
      limit: number | 'unlimited';
    }) => `Licence valid: ${kinds[kind]}, key number ${keyNumber}, ${extensions(limit)}.`,
  },
} satisfies Tree;
