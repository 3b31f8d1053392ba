/**
 * The text in a file, as spreadsheets and editors of all systems write it: UTF-8, or UTF-16 where its mark says so; what is neither is
 * Windows-1252, in which Excel saves tables in Western Europe.
 */
export function fileText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windowsText(bytes);
  }
}

/** Node 20 takes Windows-1252 for Latin-1, which has control characters there. */
const windowsText = (bytes: Uint8Array): string =>
  new TextDecoder('windows-1252')
    .decode(bytes)
    .replace(/[\x80-\x9f]/g, (control) => windowsOnly[control.charCodeAt(0) - 0x80] ?? control);

/** From 0x80 on. */
const windowsOnly = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
