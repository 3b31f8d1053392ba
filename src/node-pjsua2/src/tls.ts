/** Who we are over TLS, in PEM form. */
export interface TlsIdentity {
  /** Without a password. */
  readonly key: string;
  /** Our certificate first, then those of its issuers. */
  readonly certificate: string;
}

/** What is special about the TLS connections that we make to this host. */
export interface TlsServer {
  /** As in the URIs that are called or registered with. */
  readonly host: string;
  /** Certificates, in PEM form, one of which has to be the host's or have issued it; default: those the operating system trusts. */
  readonly authorities?: string;
  /** Shown if the host asks who we are, instead of the endpoint's. */
  readonly identity?: TlsIdentity;
}
