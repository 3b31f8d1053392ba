import { say } from '../texts.js';
import { hasModerators } from './groups-of.js';
import { ModeratorForm } from './moderator-form.js';
import { ModeratorsPresent } from './moderators-present.js';
import type { StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';
import { pathOf } from './steps.js';

/** Who listens, and to whom: asked once, since to ask again would undo what was changed in the meantime. */
export function ModeratorStep(props: StepProps) {
  const { settings } = props.present;
  if (hasModerators(settings)) return <ModeratorsPresent settings={settings} />;
  if (settings.extensions.length < 2)
    return (
      <StepFrame step="moderator" title={say('setUp.moderator')} about={say('setUp.noPhones')} form={null}>
        <p>
          <a href={pathOf('phones')}>{say('setUp.toPhones')}</a>
        </p>
      </StepFrame>
    );
  return <ModeratorForm {...props} />;
}
