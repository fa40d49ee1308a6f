import type { errors as source } from '../zh-CN/errors.ts';

export const errors: Readonly<Record<keyof typeof source, string>> = {
  'error.unknown':
    'That did not work. Try again later; if it still fails, give the reference to your administrator.',
  'error.reference': 'Reference {reference}',
  'error.network':
    'The server cannot be reached. What you typed is kept on this page; try again when the connection is back.',
  'error.notFound': 'Nothing is here for you. The link may be out of date, or outside your permissions.',
  'error.session.none': 'You are not signed in, or the session has ended.',
  'error.session.wrong': 'Wrong user name or password.',
  'error.session.tooMany': 'Too many failed attempts. Wait a few minutes, then sign in again.',
  'error.setup.link':
    'This set-up link is not valid or has expired. Restart lantai serve on the server and use the link it prints.',
  'error.setup.done': 'Set-up is already finished. Sign in instead.',
  'error.unit.element': 'A value does not fit the rule of its element; see what is said below it.',
  'error.unit.incomplete':
    'Required elements are missing: by this archive’s scheme, incomplete descriptions are not saved.',
  'error.unit.changed': 'Someone else changed this description while you were editing.',
  'error.visibility.print.forbidden':
    'You may look at this record, but it may not be printed or certified for you.',
  'error.visibility.export.forbidden': 'You may look at this record, but not take it out.',
  'error.unit.notFound': 'This record was not found, or is outside your permissions.',
  'error.unit.duplicate': 'Another record of this archive already has this reference code.',
  'error.unit.codeReason': 'Say why the reference code is changed.',
  'error.unit.codeVoid': 'This number is void and is not given again.',
  'error.unit.referenceCode':
    'The reference code does not follow the rule. Check fonds, category, year, retention period and item number.',
  'error.unit.parent':
    'It cannot be moved there: the target must be higher up in the same fonds and not below the unit itself.',
  'error.unit.date': 'Write the date as YYYYMMDD, with 0 for unknown parts, for example 19790000.',
  'error.fonds.duplicate': 'This archive already has a fonds with this number.',
  'error.fonds.changed': 'Someone else changed this fonds while you were editing.',
  'error.archive.duplicate': 'This archive code is already in use.',
  'error.access.samePerson': 'The proposer cannot decide; a second person must.',
  'error.access.wrongState': 'This change has already been decided.',
  'error.access.none': 'Nothing to change: no record was chosen, or all have this status already.',
  'error.access.reason': 'Delaying or restricting needs a reason and its basis.',
  'error.access.nothing': 'Say what shall change: the status or an embargo.',
  'error.access.basis': 'An embargo needs the ground it stands on.',
  'error.access.opensOn': 'The opening day is today or later, within {years} years.',
  'error.access.embargoUntil': 'The embargo ends after today, within {years} years.',
  'error.access.internal':
    '{internal} of these {internal|record is|records are} for internal use and can not be opened.',
  'error.import.wrongState': 'This import cannot do that now. Reload to see where it stands.',
  'error.import.noTitle': 'At least one column must be the title.',
  'error.upload.notFound': 'The uploaded file is no longer staged. Upload it again.',
  'error.scan.badPattern': 'The matching rule is not well formed.',
  'error.certificate.samePerson': 'The person who made the request cannot decide it; a second person must.',
  'error.certificate.applicantNotKept':
    'Only the masked name of this applicant was kept. Ask the person who handled the request.',
  'error.certificate.wrongState': 'This certified copy cannot do that now. Reload to see where it stands.',
  'error.certificate.pages': 'Choose the pages to certify; all must be held, and no more than the limit.',
  'error.certificate.noText':
    'A chosen page has no text read from it yet, so there is nothing to extract. Try later, or certify the page images.',
  'error.request.invalid': 'Some fields are not filled in correctly. See the marked fields.',
  'error.unit.circle': 'It cannot move below itself.',
  'error.unit.title': 'A title can be neither empty nor too long.',
  'error.unit.retention': 'Unknown retention period. Use Y, D30, D10, or D and years.',
  'error.unit.classification':
    'Classified records may not enter a networked system; describe public or internal ones only.',
  'error.agency.duplicate': 'An agency already has this code.',
  'error.archive.code': 'The archive code is not valid; it usually has six digits.',
  'error.access.tooMany': 'Too many records for one proposal. Narrow the list.',
  'error.certificate.validUntil': 'The last day of validity lies in the past.',
  'error.certificate.reason': 'Say why the certified copy is revoked.',
  'error.referenceCode.missingElement':
    'The reference code needs more elements: give category, year and retention period.',
  'error.referenceCode.noCounter': 'This kind of reference code has no running number; type the code.',
  'error.ead.notEad':
    'This is XML but no EAD finding aid. Give an EAD 2002 or EAD3 document, or the catalogue as .xlsx or .csv.',
  'error.ead.noArchdesc':
    'This EAD document has no archdesc, which describes the holdings: there is nothing to import.',
  'error.ead.damaged': 'The XML is damaged or incomplete from line {line} on. Export it anew and try again.',
  'error.ead.forbiddenXml':
    'The XML refers to other files or to entities made of entities and is not read, to be safe. Export it with its entities resolved and try again.',
  'error.ead.tooDeep': 'The components of this EAD document lie too deep in one another.',
  'error.ead.nested': 'This EAD document holds another finding aid within it. Separate them and try again.',
  'error.ead.tooLarge':
    'The EAD document is too large, or one of its texts too long. Divide it and try again.',
  'error.export.oneFonds': 'A finding aid (EAD) describes one fonds. Name a fonds or an entry of one.',
  'error.export.gone':
    'This export is no longer kept (for seven days, and for who made it alone). Make it again.',
  'error.export.notFound': 'There is no such fonds or entry.',
  'error.import.nothing': 'No sheet is chosen.',
  'error.import.field': 'There is no such field.',
  'error.person.name':
    'A user name has 2 to 64 letters, digits or . _ @ - and starts with a letter or digit.',
  'error.printing.notFound': 'There is no such printing job.',
  'error.printing.wrongState': 'The job is not in that state any more. Reload the page.',
  'error.printing.tooMany': 'You keep as many printed files as there may be ({most}). Delete some first.',
  'error.printing.format': 'This form is made as PDF alone.',
  'error.printing.margins': 'The margins are too wide: {least} mm have to be left between them.',
  'error.printing.columns': 'These columns do not fit the form, or one is there twice. Choose again.',
  'error.printing.typeTooLarge':
    'A column is too narrow for type of this size. Widen it, drop a column, or choose smaller type.',
  'error.printing.paperTooSmall':
    'The paper is too small for the true size of a box (310 × 220 mm). Choose A3, or pages of just its size.',
  'error.printing.labelGrid':
    'The labels do not fit between the margins. Take fewer, smaller ones, or narrower margins.',
  'error.printing.nothing':
    'Among what was chosen there is nothing this form is for: covers are for files, lists of filed documents for items.',
  'error.printing.oneFonds': 'Choose one fonds, or a part of it, for this form.',
  'error.printing.tooManyBoxes':
    'These are too many boxes for one job ({most} at the most). Print them in parts.',
  'error.printing.noRoom': 'There is no room on the server for the file. Tell your administrator.',
  'error.printing.previewTooLong':
    'So much has to be read for this form that no preview is drawn. Make the file.',
  'error.examination.notFound': 'There is no such report.',
  'error.upload.badPath':
    'The path of a file can not be used: it leads elsewhere, is too long, or holds characters no name may hold. Path: {path}',
  'error.upload.noRoom':
    'The server has no room left for this file. What arrived is kept, and the upload can go on once there is room. Tell the system administrator.',
  'error.upload.samePath': 'Two of the files have the same path: {path}',
  'error.examination.tooMany': 'You keep as many reports as there may be ({most}). Delete some first.',
  'error.examination.tooLarge':
    'There is not enough room left for you. Delete reports you no longer need, or ask the administrator for a larger limit.',
  'error.examination.wrongState': 'The report is not finished.',
  'error.examination.gone': 'What was sent is no longer there. Send it again.',
  'error.examination.tooLargeToOpen':
    'This file is too large to be unpacked here. Unpack the package and drop the file by itself.',
  'error.examination.tooDemanding': 'Looking into this file took more time or memory than is allowed.',
  'error.examinationEntry.notFound': 'There is no such file in this report.',
  'error.change.reason': 'The reason is too long.',
  'error.change.notFound': 'There is no such change.',
  'error.change.undone': 'This change was undone already, or is being undone.',
  'error.change.notUndoable': 'A change of this kind can not be undone in this way.',
  'error.draft.notFound': 'There is no such draft.',
  'error.draft.wrongState': 'The draft is in another state by now. Reload and look again.',
  'error.draft.person': 'A draft is written by a person with an account.',
  'error.draft.nothing': 'The draft changes nothing.',
  'error.draft.note': 'Say what is to be changed.',
  'error.draft.conflict': 'Somebody else changed the same fields meanwhile. Choose which to keep.',
  'error.draft.samePerson': 'Another person than the one who wrote the draft has to look through it.',
};
