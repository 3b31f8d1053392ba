/**
 * Whether the audio of calls is encrypted (SRTP, with keys in SDP by RFC 4568 or by a handshake, RFC 5764): `offered` if the other side can, `required` in any
 * case. It needs TLS: over UDP or TCP others could read the keys or put in another fingerprint, so that what is offered is not encrypted there, and what is required is refused.
 */
export type Encryption = 'off' | 'offered' | 'required';
