import { Refusal } from '#kernel/errors';

export const noSystem = () => new Refusal('intake.notFound', 'There is no such sender system.');
export const noItem = () => new Refusal('intakeItem.notFound', 'Nothing was sent under this id.');
export const systemChanged = (version: number) =>
  new Refusal('intake.changed', 'Somebody else has changed this system meanwhile.', { version });
export const systemState = (state: string) =>
  new Refusal('intake.wrongState', 'This can not be done to the system as it stands now.', { state });
