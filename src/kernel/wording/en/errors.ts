import type { errors as source } from '../zh-CN/errors.ts';

export const errors: Readonly<Record<keyof typeof source, string>> = {
  'error.unknown':
    'That did not work. Try again later; if it still fails, give the reference to your administrator.',
  'error.reference': 'Reference {reference}',
  'error.network':
    'The server cannot be reached. What you typed is kept on this page; try again when the connection is back.',
  'error.notFound': 'Nothing is here for you. The link may be out of date, or outside your permissions.',
  'error.session.none': 'You are not signed in, or the session has ended.',
  'error.session.wrongPassword': 'Wrong user name or password.',
  'error.session.refused': 'Wrong user name or password.',
  'error.session.tooManyAttempts': 'Too many failed attempts. Wait a few minutes, then sign in again.',
  'error.setup.wrongToken':
    'This set-up link is not valid or has expired. Restart lantai serve on the server and use the link it prints.',
  'error.setup.done': 'Set-up is already finished. Sign in instead.',
  'error.unit.changed': 'Someone else changed this description while you were editing.',
  'error.unit.notFound': 'This record was not found, or is outside your permissions.',
  'error.unit.codeTaken': 'Another record of this archive already has this reference code.',
  'error.unit.badCode':
    'The reference code does not follow the rule. Check fonds, category, year, retention and item number.',
  'error.unit.badMove':
    'It cannot be moved there: the target must be higher up in the same fonds and not below the unit itself.',
  'error.unit.badDate': 'Write the date as YYYYMMDD, with 0 for unknown parts, for example 19790000.',
  'error.fonds.numberTaken': 'This archive already has a fonds with this number.',
  'error.fonds.changed': 'Someone else changed this fonds while you were editing.',
  'error.archive.codeTaken': 'This archive code is already in use.',
  'error.accessChange.samePerson': 'The proposer cannot decide; another person must.',
  'error.accessChange.decided': 'This change has already been decided.',
  'error.accessChange.nothing': 'All the chosen records already have this status.',
  'error.accessChange.reasonNeeded': 'Delaying or restricting needs a reason and its basis.',
  'error.import.notASpreadsheet': 'This file is neither an Excel workbook nor CSV text.',
  'error.import.damaged': 'The file is incomplete or damaged. Export it again from its source.',
  'error.import.tooLarge': 'The file grows too large when unpacked; reading was stopped.',
  'error.import.encrypted': 'The file is protected by a password. Save it without one and try again.',
  'error.import.wrongState': 'This import cannot do that now. Reload to see where it stands.',
  'error.import.noTitle': 'At least one column must be the title.',
  'error.upload.notFound': 'The uploaded file is no longer staged. Upload it again.',
  'error.upload.tooLarge': 'The file is larger than allowed.',
  'error.scanImport.wrongState': 'This scan import cannot do that now. Reload to see where it stands.',
  'error.scanImport.badRule': 'The matching rule is not well formed.',
  'error.certificate.samePerson': 'Who made the request cannot approve it; another person must.',
  'error.certificate.wrongState': 'This certificate cannot do that now. Reload to see where it stands.',
  'error.certificate.pagesMissing': 'Some of the chosen pages are not held, so no copy can be certified.',
  'error.job.finished': 'The job has finished and cannot be cancelled.',
  'error.request.invalid': 'Some entries do not fit. See the marked fields.',
};
