/** What bears a classification and was turned away. */
export const classified = {
  'classified.door.record': 'a record',
  'classified.door.file': 'a file of a record',
  'classified.door.catalogue': 'a catalogue',
  'classified.atDoors': 'Turned away at the doors',
  'classified.atDoorsNone': 'Nothing waits here',
  'classified.batches': 'Batches set apart',
  'classified.all': 'Show what was removed too',
  'classified.source': 'came by {source}, sent by {name}',
  'classified.source.form': 'the form',
  'classified.source.paste': 'bulk paste',
  'classified.source.deposit': 'registration backup',
  'classified.source.import': 'catalogue import',
  'classified.times': 'sent {n} times',
  'classified.places': '{n} places',
  'classified.files': '{n} files',
  'classified.look': 'Show what was found',
  'classified.removed': 'Removed by {by}: {reason}',
  'classified.removeText':
    'It is deleted from this install for good. Do this once it has been dealt with by the rules for secrets.',
  'classified.waits': 'Set apart',
  'classified.gone': 'Removed',
  'classified.lookHint': 'Looking is written in the trail.',
  'error.import.secret':
    'The name of this file bears a classification. It was set apart, and the security administrator was told.',
  'error.classified.notFound': 'There is nothing blocked under this number, or it is not yours to deal with.',
  'error.classified.reason': 'Say what was done with it.',
  'error.classified.wrongState': 'This was removed already.',
  'auditAct.classified.blocked':
    'Something {actor} sent bears a classification and was set apart as {number}',
  'auditAct.classified.shown': '{actor} looked at what was set apart as {number}',
  'auditAct.classified.removed': '{actor} removed what was set apart as {number} ({reason})',
} as const;
