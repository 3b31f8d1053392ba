import type { Sheet, SheetEnd } from '../../agreement/sheets.js';

/** Whose sheet a fact is about, and the how manieth step with sheets it was: never what is in it. */
interface OfSheet {
  readonly step: number;
  readonly sheet: number;
  readonly moderator: string;
  readonly member: string;
}

/** Whose sheet it is, as facts say it. */
export const toldOf = ({ id, moderator, member }: Pick<Sheet, 'id' | 'moderator' | 'member'>) => ({
  ...{ sheet: id, moderator: moderator.extension, member: member.extension },
});

/** What the audit record tells of sheets: that there was one, what was done with it, and that it is gone. */
export type EvaluationFact =
  /** About which call of which session of the moderator. */
  | ({ readonly type: 'sheetMade'; readonly session: number; readonly call: number } & OfSheet)
  | ({
      readonly type:
        | 'sheetCommented'
        | 'sheetObjectedTo'
        | 'talkNoted'
        | 'talkConfirmed'
        | 'talkDenied'
        | 'secondOpinionGiven';
    } & OfSheet)
  | ({ readonly type: 'secondOpinionAsked'; readonly second: string } & OfSheet)
  | ({ readonly type: 'sheetDeleted'; readonly reason: SheetEnd } & OfSheet)
  /** The talk was not held: for so many days, until then, the moderator may not listen to the member. */
  | ({ readonly type: 'moderatorBlocked'; readonly until: string; readonly days: number } & OfSheet)
  /** The file of the sheets could not be read: all of them are gone. */
  | { readonly type: 'sheetsLost'; readonly step: number };
