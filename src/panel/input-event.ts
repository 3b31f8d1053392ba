/**
 * The parts of the kernel's input events that matter here (Documentation/input/event-codes.rst). A struct input_event on a 64-bit system:
 * seconds and microseconds (8 bytes each), type and code (2 each), value (4).
 */
export const inputEventBytes = 24;

const evKey = 1;
const released = 0;
const pressed = 1;

/** Presses (true) and releases (false) of one key, in order. Ignores other keys, other events and automatic repetition. */
export function contactsOf(key: number, structs: Buffer): boolean[] {
  const contacts: boolean[] = [];
  for (let at = 0; at + inputEventBytes <= structs.length; at += inputEventBytes) {
    const value = structs.readInt32LE(at + 20);
    const isMine = structs.readUInt16LE(at + 16) === evKey && structs.readUInt16LE(at + 18) === key;
    if (isMine && (value === released || value === pressed)) contacts.push(value === pressed);
  }
  return contacts;
}
