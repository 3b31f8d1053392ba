/** The audio codecs, by their names in SDP (RFC 4566, 6). */
export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus';
