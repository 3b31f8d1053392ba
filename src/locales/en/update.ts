import type { Tree } from '../tree.js';

/** Updates of the whole system. */
export const update = {
  notHere:
    'This box does not run from the image, so its system is not Modcall’s to update. Install a newer package instead (apt install ./modcall_….deb).',
  silent: ({ reason }: { reason: string }) =>
    `What installs updates does not answer (${reason}). Try again; if that does not help, restart the box.`,
  nothingUploaded: 'No update was sent to the box since it was started. Send it first (POST /api/update/upload).',
  noSuchSource: ({ source }: { source: string }) =>
    `There is no update at “${source}”. Name a file of a stick that “modcall update show” lists, an address that begins with https:// (http:// with an IP address of your own network), or “uploaded”.`,
  noRoom: ({ megabytes }: { megabytes: number }) =>
    `The card has no room for an update: ${megabytes} MB have to be free. Remove backups or recordings, or install it from a stick or an address, which needs no room.`,
  otherSigner:
    'This update is not signed by the vendor of this box, or was changed since. Get it from the vendor anew. Nothing has been changed.',
  otherBoard: ({ offered, running }: { offered: string; running: string }) =>
    `This update is for another board (${offered}); this box is a ${running}. Get the one for this board. Nothing has been changed.`,
  olderMajor: ({ offered, running }: { offered: string; running: string }) =>
    `This update (${offered}) is of an older major version than what runs (${running}), and could not read the settings. Restore a backup onto a new card instead. Nothing has been changed.`,
  otherVersion: ({ announced, offered }: { announced: string; offered: string }) =>
    `The web server offers ${announced}, but the update there is ${offered}. Look for updates once more; if it stays so, tell your vendor. Nothing has been changed.`,
  noVersion: 'This update does not say which Modcall is in it. Get it from the vendor anew. Nothing has been changed.',
  gone: 'The update is not there any more. Plug the stick in again, or send the file anew. Nothing has been changed.',
  unreachable: ({ reason }: { reason: string }) =>
    `The update could not be fetched (${reason}). Check the address and the network. Nothing has been changed.`,
  unusable: ({ reason }: { reason: string }) =>
    `This is no update, or a damaged one (${reason}). Copy the file anew. Nothing has been changed.`,
  runs: 'An update is being installed already. Wait until it is done (modcall update show).',
  noneWaits: 'No update waits for a restart. Install one first.',
  noChannel:
    'Nobody has said where this box looks for updates. Set the address that your vendor has given you on the page (System, Update), or with: modcall settings change --update-channel.address ADDRESS',
  index: {
    unreachable: ({ reason }: { reason: string }) =>
      `The web server with the updates cannot be reached (${reason}). Check the address, the network and the name server.`,
    moved:
      'The web server with the updates points to another place. Ask your vendor for the new address, and set that.',
    refused: ({ status }: { status: number }) =>
      `The web server with the updates has nothing for this channel (HTTP status ${status}). Check the address, or choose the other channel.`,
    tooLarge: ({ kilobytes }: { kilobytes: number }) =>
      `What the web server says of new versions has more than ${kilobytes} KB, so it is something else. Check the address.`,
    slow: ({ seconds }: { seconds: number }) =>
      `The web server with the updates has not answered within ${seconds} seconds. Try again later.`,
    broken: ({ place }: { place: string }) =>
      `What the web server says of new versions cannot be read (at ${place}). Check the address, and tell your vendor.`,
    older: ({ offered, running }: { offered: string; running: string }) =>
      `The newest version of this channel (${offered}) is older than what runs (${running}), so there is nothing to install. Choose the other channel, or wait for the next version.`,
  },
  interrupted: ({ version }: { version: string }) =>
    `The update to ${version} was interrupted, as by a power cut, and is not installed. Install it again.`,
  fellBack: ({ version }: { version: string }) =>
    `The update to ${version} did not come up, so the box went back to the system before it, with the same settings. Tell your vendor; the support bundle helps.`,
} satisfies Tree;
