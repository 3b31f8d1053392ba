/** What the audit record says about who may do what with the box. No secrets, and no names that were merely typed. */
export type AccessFact =
  /** `user` is null if there is no such user; `unrecorded` counts those before it that were too many to record. */
  | {
      readonly type: 'signInFailed';
      readonly user: string | null;
      readonly source: string;
      readonly unrecorded: number;
    }
  /** The one-time code of the box was used. */
  | { readonly type: 'adminClaimed'; readonly user: string; readonly source: string }
  | (By & { readonly type: 'userSet'; readonly user: string; readonly roles: string })
  | (By & { readonly type: UserChange; readonly user: string })
  | (By & { readonly type: 'tokenCreated'; readonly token: string; readonly user: string; readonly roles: string })
  | (By & { readonly type: 'tokenRevoked'; readonly token: string })
  | (By & { readonly type: 'certificateInstalled'; readonly fingerprint: string })
  | (By & { readonly type: 'certificateRemoved' })
  | (By & { readonly type: 'licenceEntered'; readonly keyNumber: number | null })
  | (By & { readonly type: 'licenceRemoved' })
  /** What people are told, such as that somebody listens, is spoken by a file of the admin's own, or by Modcall's again. */
  | (By & { readonly type: 'promptSet' | 'promptRemoved'; readonly prompt: string })
  | (By & { readonly type: 'auditExported' })
  | (By & { readonly type: 'identityBackedUp' })
  /** `backedUp` is the hardware ID of the box that the backup is of. */
  | (By & { readonly type: 'identityRestored'; readonly backedUp: string })
  | (By & { readonly type: 'backupMade' })
  /** What people had set up was removed. */
  | (By & { readonly type: 'boxReset' })
  /** When the backup was made, by which Modcall, and of which box; ordered, it is put in place by the next start. */
  | (By & {
      readonly type: 'restoreOrdered' | 'backupRestored';
      readonly created: string;
      readonly modcall: string;
      readonly hardwareId: string | null;
    })
  /** Of the system, to this version. */
  | (By & { readonly type: 'updateOrdered'; readonly version: string })
  | (By & { readonly type: 'supportBundleMade'; readonly numbersShown: boolean })
  /** A phone fetched a configuration that it did not have. */
  | {
      readonly type: 'phoneConfigured';
      readonly phone: string;
      readonly model: string;
      readonly extensions: string;
      readonly source: string;
    }
  | (By & { readonly type: 'backupScheduled'; readonly place: string })
  | (By & { readonly type: 'backupScheduleRemoved' });

type UserChange = 'userRemoved' | 'passwordChanged' | 'secondFactorSet' | 'secondFactorRemoved';

/** Who did it, and whether that is a person, a program by a token, or somebody at the box itself. */
export interface By {
  readonly by: string;
  readonly byKind: 'user' | 'token' | 'console';
}
