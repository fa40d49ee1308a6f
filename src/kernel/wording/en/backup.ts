import type { backup as source } from '../zh-CN/backup.ts';

export const backup: Readonly<Record<keyof typeof source, string>> = {
  'backup.health.nowhere':
    'No place for backups is set, and none was ever made. The system administrator sets LANTAI_BACKUP.',
  'backup.health.never': 'A place for backups is set, but none was ever made there.',
  'backup.health.old': 'The newest backup is more than two days old.',
  'backup.health.failed': 'The backup tried last failed.',
  'backup.health.open':
    'Backups are not encrypted, so the master key is not in them. Keep the key apart, in a safe place.',
  'backup.health.notCleared': 'The newest backup was made, but older ones could not be cleared away.',
  'backup.health.neverDrilled': 'Restoring was never rehearsed.',
  'backup.health.drillOld': 'Restoring was rehearsed too long ago.',
  'backup.health.drillFailed': 'The restore rehearsed last failed.',
  'backup.asked.command': 'command line',
  'backup.asked.person': 'a person',
  'backup.asked.clock': 'the clock',
  'backup.state.queued': 'waiting',
  'backup.state.running': 'under way',
  'backup.state.done': 'done',
  'backup.state.failed': 'failed',
  'backup.step.tables': 'reading the database',
  'backup.step.files': 'keeping files',
  'backup.step.ending': 'finishing',
  'backup.step.loading': 'restoring',
  'backup.step.proving': 'comparing every table',
  'backup.step.indexing': 'making indexes, checking relations',
  'backup.step.inspecting': 'verifying the audit trail and keys',
  'backup.trouble.backup.placeFull':
    'There is no room left at the place of backups. Earlier ones are untouched; this one does not count.',
  'backup.trouble.backup.placeClosed': 'The place of backups may not be read or written.',
  'backup.trouble.backup.placeGone':
    'The place of backups can not be reached. Earlier ones are untouched; this one does not count.',
  'backup.trouble.backup.busy': 'Another backup is being written to the same place.',
  'backup.trouble.backup.leaseLost':
    'It stood still for too long, and another process took the place over. This backup does not count.',
  'backup.trouble.backup.wrongPassphrase': 'The passphrase is not that of the backups.',
  'backup.trouble.backup.passphraseNeeded': 'The backups are encrypted, and no passphrase was given.',
  'backup.trouble.backup.notEncrypted':
    'The backups there are not encrypted, and a passphrase was given. Encrypted ones need a place of their own.',
  'backup.trouble.backup.passphraseFile': 'The file with the passphrase can not be read.',
  'backup.trouble.backup.notEmpty': 'Other things lie at the place of backups.',
  'backup.trouble.backup.none': 'There is no backup there.',
  'backup.trouble.backup.altered': 'A part of the backup was altered or is damaged.',
  'backup.trouble.backup.chunkMissing': 'A part of the backup is missing.',
  'backup.trouble.backup.gone':
    'It was under way when the backup was made that this installation was restored from.',
  'backup.trouble.restore.notEqual': 'What was restored is not what the backup says.',
  'backup.trouble.restore.newer': 'The backup was made by a newer version.',
  'backup.trouble.drill.auditWrong': 'The restored audit trail does not verify.',
  'backup.trouble.drill.keysClosed':
    'Restored signing keys can not be opened with the master key of this installation.',
  'backup.trouble.data.diskFull': 'This machine has no room for the drill.',
  'backup.trouble.other': 'It could not be done; the reason has the code {code}.',
  'backup.report.title': 'Report of a restore drill',
  'backup.report.passed': 'Passed: the backup came back whole, and is what it was.',
  'backup.report.failed':
    'Not passed: the backup does not come back as it was. Make a new one soon, and look at the place it lies in.',
  'backup.report.trouble': 'The backup came back as it was, but the following was found.',
  'backup.report.unknown':
    'The drill could not be ended, so it is not known whether the backup can be restored.',
  'backup.report.running': 'The drill is not over yet.',
  'backup.report.what':
    'In a drill the backup is restored into another database for the time. Every table is read again and compared with the number of rows and the digest the backup has of it; every part of the backup is checked byte by byte. Nothing in use is touched, and that database is removed afterwards.',
  'backup.report.when': 'Drill',
  'backup.report.by': 'Begun by',
  'backup.report.backup': 'Backup',
  'backup.report.taken': 'State of',
  'backup.report.rows': 'Rows compared',
  'backup.report.rowsOf': '{rows} in {tables} {tables|table|tables}',
  'backup.report.files': 'Files compared',
  'backup.report.size': 'Size',
  'backup.report.took': 'Time taken',
  'backup.report.minutes': '{minutes} min {seconds} s',
  'backup.report.findings': 'Findings',
  'backup.report.none': 'None.',
  'backup.report.signed': 'Seen by: ____________   Date: ____________',
};
