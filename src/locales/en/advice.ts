import type { Tree } from '../tree.js';

const forwarded =
  'It forwards the call, which is not followed where a trunk leads: switch that off there, or call the other number.';
const notOffered = 'The phone asks for what Modcall does not offer; its calls do not suffer.';
const wrongAccount = 'The provider does not accept user name and password: compare them with what it has told you.';

/** What to do about trouble that the log tells of. */
export const advice = {
  publicName: 'Phones outside may hear nothing: check the name and the nameserver, or write the address itself.',
  remoteLog: {
    unreachable:
      'Check host and port in the settings, the network, and that the server takes syslog over TLS there. What is logged meanwhile waits, as far as there is room.',
    certificate:
      'The certificate of the server is not valid for the host in the settings, or nobody known has issued it: enter the name that stands in it, and its authority as remoteLog.authorities.',
    stalled:
      'The server takes the connection, and nothing that is sent over it: look into its log, and whether its disk is full.',
    talking:
      'The server sends data of its own all the time, as no log server does: check host and port in the settings.',
    ended:
      'The server ends the connection at once: look into its log. It has to take messages from senders that show no certificate.',
  },
  rejected: {
    stranger: 'No extension has this user name: correct it at the phone, or set the extension up.',
    wrongDigest: 'The password is wrong: compare that of the phone with that of the extension in the settings.',
    guessing: 'Somebody is trying passwords: keep this address out with a firewall.',
    impersonation: 'The phone uses another number than that of its account: correct its user name.',
    methodNotAllowed: notOffered,
    unknownMethod: notOffered,
    tooManyContacts:
      'It registers more contacts at once than an extension may have: let it register fewer, or give it further extensions.',
    overload:
      'It sends more at once than its share: find out what it is doing, or keep it out with a firewall if it is none of yours.',
    behind:
      'The box has more to do than it can at the moment, and takes calls again once it has caught up: find out who calls so often.',
    unread:
      'It sends requests and does not read the answers: find out what it is doing, or keep it out with a firewall if it is none of yours.',
    handshake:
      'It could not agree on an encrypted connection (TLS): a phone of yours may offer nothing newer than TLS 1.1, not trust the certificate of the box, or speak plain SIP to this port.',
    loop: 'The call came back to Modcall again and again: look for forwarding in a circle, here or at the other side.',
    unanswered:
      'It asks again and again and never proves its password: it may not know the algorithms of sip.digest in the settings (["MD5"] suits all phones), or have no password.',
    unencrypted:
      'Its call was refused because its sound is to be encrypted and was not offered so, or the other way round: set encryption (SRTP with SDES or DTLS) at the phone as it is set at its extension, or at the other side as at the trunk.',
    keysInClear:
      'Its call was refused because its sound is to be encrypted, and the keys would have come without TLS, readable by others: let it register over TLS (port 5061), or set its encryption to "offered".',
    md5Fallback:
      'The phone gives up when it is offered SHA-256 beside MD5, and is offered MD5 alone from now on: with "digest": ["MD5"] at its extension it registers without that delay.',
    other: 'Nothing needs to be done, unless it is a phone of yours: a firewall keeps strangers out.',
  },
  line: {
    noTty: 'Plug in the HAT, and check that the board file names the right tty.',
    gone: 'Check that the HAT is plugged in and powered.',
    busy: 'Another program uses the tty: end it (fuser -v with its path shows which).',
    forbidden: 'Add the user that runs Modcall to the group that owns the tty (dialout).',
    notATty: 'Correct the tty in the board file.',
    notAHat: 'Check that the board file names the tty of the HAT, and that its firmware is one for Modcall.',
    otherVersion: "Update the HAT's firmware, or Modcall.",
    otherKind: 'Correct the kind of the port in the board file, or connect the HAT that belongs there.',
    silent: 'Check that the HAT is powered, and that the board file names its tty.',
    noExchange: "Check that the exchange's cable is plugged in.",
    notFed: "Check that the HAT's power supply is connected, and that the telephone's cable is not short-circuited.",
    disturbed: 'The UART is disturbed: check that the HAT is seated properly, and that no other program uses the tty.',
  },
  part: {
    noGpio:
      'This kernel has no GPIO lines in /sys/class/gpio (GPIO_SYSFS): use another kernel, or, for lamps and button, the drivers "led" and "input".',
    gpioForbidden: 'Run Modcall as root, or as a member of the group that owns /sys/class/gpio.',
    gpioTaken:
      'Another driver has taken the line: remove the overlay that does so, or, for lamps and button, name its LED or input device instead.',
    noDevice: "Load the board's device-tree overlay, or correct the path in the board file.",
    ledForbidden: 'Give the user that runs Modcall the right to write to it, with a udev rule.',
    inputForbidden: 'Run Modcall as a member of the group "input".',
    other: 'Check the board and its board file.',
  },
  boxKeyReplaced:
    'The key with which this box signs its audit record (identity/box-key.pem) was missing or damaged, and there is a new one now; what was in its place is kept beside it as box-key.pem.broken-… The record says from here on that the key has changed, and modcall audit verify reports it for good: tell those who rely on the record, and find out who had access to the box. If the whole data folder was restored incompletely, restore it once more.',
  callHandlingLost:
    'The file with forwarding and do not disturb could not be read, so all calls ring as usual. It is kept under the name given here: restore a backup, or let people set theirs anew, by code or on the page.',
  callHandlingPartlyLost:
    'What stands at these places of the file with forwarding and do not disturb is missing or cannot be dialled, so the calls of these extensions ring as usual; everything else counts. The file is kept under the name given here: set those extensions anew, by code or on the page.',
  clock: 'Check the network time (timedatectl).',
  boardNotMarked:
    'A licence for this hardware ID would also count on another such machine with a copy of the host key. In a container, let it see the device tree.',
  unreached:
    'Nobody answers there: check host, port and transport, the network, and the nameserver where it is a name.',
  callRefused: {
    forwarded,
    forbidden: 'It does not allow this call: ask whoever runs the other side, or check the settings of the phone.',
    keysInClear:
      'It was not called because its sound is to be encrypted, and the keys would have gone there without TLS, readable by others: let the phone register over TLS (port 5061), or set its encryption to "offered".',
    noCodec:
      'It offers no codec that Modcall has (G.711, G.722, Opus), or another encryption of sound than is set here: check the codecs and SRTP there.',
    noRoom: 'It has no room for the call, or is not in service.',
    other: 'Ask whoever runs the other side what this status means there.',
  },
  trunkRefused: {
    wrongAccount,
    forbidden:
      'The provider does not admit this account: compare user name and password with what it has told you, or ask it.',
    unknownUser: 'The provider does not know this user name: compare it with what it has told you.',
    other: 'Ask the provider what this status means.',
  },
} satisfies Tree;
