import type { Tree } from '../tree.js';

/** Board files. */
export const board = {
  invalid: ({ file, count }: { file: string; count: number }) =>
    `The board file ${file} is not valid (${count === 1 ? 'one mistake' : `${count} mistakes`}).`,
  unknown: ({ name, meant, known }: { name: string; meant: string | null; known: readonly string[] }) =>
    `The board "${name}" is not known. ${meant === null ? '' : `Did you mean "${meant}"? `}Known boards: ${known.join(', ')}.`,
  unreadable: ({ name, reason }: { name: string; reason: string }) =>
    `The board "${name}" cannot be read (${reason}). Check the disk and the permissions of the file.`,
  fault: {
    version: {
      reason: 'is not a version of a board file that this Modcall knows',
      remedy: 'Write "version": 1.',
    },
    title: { reason: 'is not a title', remedy: 'Write 1 to 64 characters that tell people which board it is.' },
    lampDriver: {
      reason: 'is not a way to connect a lamp',
      remedy: 'Write "driver": "led" with "path", or "driver": "gpio" with "chip", "line" and "activeLow".',
    },
    buttonDriver: {
      reason: 'is not a way to connect the button',
      remedy: 'Write "driver": "input" with "path" and "key", or "driver": "gpio" with "chip", "line" and "activeLow".',
    },
    path: {
      reason: 'is not a path of a file',
      remedy: `Write a path from the root, such as "/dev/modcall/handset", or one that begins with "\${runtime}/".`,
    },
    key: {
      reason: 'is not a key code',
      remedy: 'Write a code of input-event-codes.h, 1 to 767, without quotes; KEY_PROG1 is 148.',
    },
    chip: {
      reason: 'is not a pattern for the label of a GPIO chip',
      remedy:
        'Write a regular expression, such as "pinctrl-bcm2711"; the labels are in /sys/class/gpio/gpiochip*/label.',
    },
    gpioLine: {
      reason: 'is not a line of a GPIO chip',
      remedy: 'Write its number within the chip, 0 to 1023, without quotes.',
    },
    privacyMinutes: {
      reason: 'is not a time for the privacy button',
      remedy: 'Write 1 to 1440 (minutes), without quotes.',
    },
    port: {
      reason: 'is not a port name',
      remedy: 'Write lowercase letters, digits and hyphens, a letter first, 16 at most: "phone1".',
    },
    lineKind: {
      reason: 'is not a kind of line',
      remedy: 'Write "fxs" where a telephone is connected, "fxo" where the line of an exchange is.',
    },
    slicKind: {
      reason: 'is no kind of line that a SLIC module can be',
      remedy: 'Write "fxs": a SLIC module feeds a telephone.',
    },
    lineDriver: {
      reason: 'is not a way to connect a line',
      remedy:
        'Write "driver": "v253" (or none) with "tty" for a HAT, or "driver": "slic" with "hook", "ringMode" and "reverse" for a SLIC module.',
    },
    soundKind: {
      reason: 'is not a sound channel',
      remedy: 'Write { "kind": "alsa", "capture": …, "playback": … } or { "kind": "socket", "path": … }.',
    },
    soundDevice: {
      reason: 'is not the name of an ALSA device',
      remedy: 'Write a name that `aplay -L` or `arecord -L` lists.',
    },
    socketPath: {
      reason: 'is too long for a socket: more than 107 bytes with the data folder in front',
      remedy: 'Choose a shorter path, or with --data a folder with a shorter one.',
    },
    handset: {
      reason: 'is not a port with a telephone',
      remedy: 'Write the name of a port of kind "fxs", or null.',
    },
    duplicate: {
      reason: ({ other }: { other: string }) => `is the same as ${other}`,
      remedy: 'Give each its own.',
    },
    unknownKey: {
      reason: 'means nothing in a board file',
      remedy: ({ meant }: { meant: string | null }) =>
        meant === null ? 'Remove it.' : `Did you mean "${meant}"? Otherwise remove it.`,
    },
  },
} satisfies Tree;
