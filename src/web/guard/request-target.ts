/** One part of a path: neither empty nor a dot segment, of characters that need no second thought (RFC 3986, pchar). */
const part = /^(?!\.{1,2}$)(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})+$/i;

/** What would mean something else once decoded: control characters, dot, slash and backslash. */
const disguised = /%(?:[01][\da-f]|2[ef]|5c|7f)/i;

/** Printable, without the sign that begins a fragment. */
const query = /^[!"$-~]*$/;

/** Whether the request's target is unambiguous, so that everyone who reads it understands the same. */
export function isPlainTarget(target: string): boolean {
  const end = target.indexOf('?');
  const path = end < 0 ? target : target.slice(0, end);
  if (end >= 0 && !query.test(target.slice(end + 1))) return false;
  const [root, ...parts] = path.replace(/\/$/, '').split('/');
  return (
    path !== '' && root === '' && !disguised.test(path) && parts.every((text) => part.test(text)) && isDecodable(path)
  );
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
