import type { trust as source } from '../zh-CN/trust.ts';

export const trust: Readonly<Record<keyof typeof source, string>> = {
  'trust.title': 'Trusted certificates',
  'trust.hint':
    'Signatures in packages and files are judged by these. A signature whose certificate leads to none of them is told as right, by a signer not known. One person proposes a certificate and another puts it into force; ending it changes nothing that was judged before.',
  'trust.none':
    'No certificate is trusted here yet. Signatures are judged all the same; of their signers it is said that they are not known.',
  'trust.waiting': 'Awaiting a decision',
  'trust.inForce': 'In force',
  'trust.former': 'Declined and ended',
  'trust.propose': 'Propose a certificate',
  'trust.file': 'Certificate (PEM or DER)',
  'trust.usedFor': 'Whose signatures it is trusted for',
  'trust.usedForHint': 'For example: seals of the county’s office system since 2021',
  'trust.subject': 'Issued to',
  'trust.issuer': 'Issued by',
  'trust.serial': 'Serial number',
  'trust.validity': 'Valid',
  'trust.fingerprint': 'SHA-256 fingerprint',
  'trust.compareFirst':
    'Compare the fingerprint with what the signer says of it by another way, before you agree.',
  'trust.algorithm': 'Key',
  'trust.algorithm.rsa': 'RSA',
  'trust.algorithm.p256': 'ECDSA P-256',
  'trust.algorithm.ed25519': 'Ed25519',
  'trust.algorithm.sm2': 'SM2',
  'trust.algorithm.other': 'another kind',
  'trust.issues': 'It issues to others: their signatures are trusted with it',
  'trust.ownOnly': 'For its own signatures alone',
  'trust.approve': 'Put into force',
  'trust.decline': 'Decline',
  'trust.end': 'End trust',
  'trust.endReason': 'Why it is trusted no more',
  'trust.expired': 'expired: earlier signatures are still judged by it',
  'trust.proposedBy': 'Proposed by {name}',
  'trust.decidedBy': 'Decided by {name}',
  'trust.endedBy': 'Ended by {name}',
  'trust.state.proposed': 'proposed',
  'trust.state.inForce': 'in force',
  'trust.state.declined': 'declined',
  'trust.state.ended': 'ended',
  'error.trustedCertificate.notFound': 'There is no such certificate, or it is beyond your rights.',
  'error.trustedCertificate.wrongState': 'This certificate is in another state by now. Load the page again.',
  'error.trustedCertificate.unreadable':
    'This is no X.509 certificate that can be read. Send one certificate, version 3, as PEM or DER.',
  'error.trustedCertificate.several':
    'The file holds several certificates. Each is decided on by itself: send them one by one.',
  'error.trustedCertificate.privateKey':
    'The file holds a private key. Nothing of it was kept. Send the certificate alone, and have the key replaced.',
  'error.trustedCertificate.known': 'This certificate is trusted already, or awaits a decision.',
  'error.trustedCertificate.samePerson':
    'Another person than the one who proposed the certificate has to decide.',
  'auditAct.trustedCertificate.proposed': '{actor} proposed to trust the certificate of {subject}',
  'auditAct.trustedCertificate.approved': '{actor} put trust in the certificate of {subject} into force',
  'auditAct.trustedCertificate.declined': '{actor} declined to trust the certificate of {subject}',
  'auditAct.trustedCertificate.ended': '{actor} ended trust in the certificate of {subject}',
};
