import type { personal as source } from '../zh-CN/personal.ts';

export const personal: Readonly<Record<keyof typeof source, string>> = {
  'personal.show': 'Show in full',
  'personal.why': 'Why you need it',
  'personal.why.words': 'In words',
  'personal.trail': 'Who looked, when and why is kept in the audit trail.',
  'personal.shown': 'Shown in full; the audit trail has an entry with the reason “{reason}”.',
  'personal.telephone': 'Telephone',
  'personal.address': 'Address',
  'personal.agent': 'Agent',
  'personal.agentId': 'Agent’s identity number',
  'personal.line': '{name} ({idNumber})',
  'personal.kept': 'Kept encrypted; lists and certified copies show only a part of it.',
  'personal.reason.toDecide': 'To decide this request',
  'personal.reason.atTheWindow': 'To identify the person at the window',
  'personal.reason.inquiry': 'To answer an inquiry or complaint',
  'personal.reason.correction': 'To correct the record',
  'personal.reason.inspection': 'Inspection',
  'personal.reason.other': 'Another reason',
  'personal.find': 'Find by applicant',
  'personal.find.go': 'Find',
  'personal.find.field': 'Look in',
  'personal.find.name': 'Name',
  'personal.find.idNumber': 'Identity number',
  'personal.find.telephone': 'Telephone',
  'personal.find.value': 'The whole name, number or telephone',
  'personal.find.none': 'No request of this archive has exactly this applicant.',
  'personal.find.found': '{n} with exactly this applicant',
  'personal.find.clear': 'Back to the list',
  'edge.plain':
    'Lantai is being served over plain HTTP: people on the same network may read passwords and records, or act under another’s sign-in.',
  'edge.plain.how': 'Set LANTAI_TLS_CERT and LANTAI_TLS_KEY, or put it behind a reverse proxy with HTTPS.',
  'error.personal.reason': 'Say why you need to see this person’s data.',
  'error.personal.broken':
    'This person’s data cannot be opened: it was altered, or the master key is another. Tell your administrator.',
  'error.applicant.empty': 'Give the name, number or telephone to look for.',
  'error.request.tooMany': 'Too many requests. Wait a moment, then try again.',
  'error.upload.infected':
    'The malware scanner found something in this file. It was deleted and is not taken in.',
  'error.upload.notScanned':
    'The malware scanner gave no verdict on this file, so it is not taken in. Tell your administrator.',
  'error.certificate.applicantEnded':
    'The time this applicant’s data is kept is over; only the mask is left.',
};
