import type { findings as source } from '../zh-CN/findings.ts';

export const findings: Readonly<Record<keyof typeof source, string>> = {
  'finding.path.title': 'A name points outside of the package',
  'finding.path.todo':
    'A name holds “..”, an absolute path, a backslash or control characters and could be written elsewhere when unpacked. Have the package made again from its folder without such names; do not unpack it with another program until then.',
  'finding.longName.title': 'A name or path is too long',
  'finding.longName.todo':
    'Usual systems do not take names or paths of this length. Shorten names or nest fewer folders, then pack it again.',
  'finding.sameName.title': 'Names that are the same, or nearly',
  'finding.sameName.todo':
    'Two files have the same name, or names that differ only by case or form; on another machine one overwrites the other. Rename one and make the package and its lists again.',
  'finding.nameEncoding.title': 'The encoding of names is not told',
  'finding.nameEncoding.todo':
    'Names are not in UTF-8 and nothing says what they are in; they may show as nonsense. Pack it again with a program that writes UTF-8 names.',
  'finding.link.title': 'Links or devices',
  'finding.link.todo':
    'The package holds links, devices or special files. They are no content and are not followed. Put the real files in their place.',
  'finding.limit.title': 'Beyond the limits',
  'finding.limit.todo':
    'The number or size of files, the depth of folders or the rate of packing is beyond what this archive allows; such packages are also made to do harm. If it is honest, split it, or ask the administrator for a higher limit.',
  'finding.locked.title': 'Encrypted, or packed in an unknown way',
  'finding.locked.todo':
    'Some of it can not be read. Ask for a package without a password, packed by a usual method.',
  'finding.notAWrapper.title': 'Not a folder, ZIP or TAR',
  'finding.notAWrapper.todo':
    'This is a single file and no package. To check a package drop a folder, a ZIP or a TAR.',
  'finding.damaged.title': 'Damaged or cut off',
  'finding.damaged.todo':
    'Its structure, a length or a checksum is not as recorded: mostly a fault of a transfer or a medium. Copy it again from where it came and check again.',
  'finding.bagDigest.title': 'A file is not what the manifest says',
  'finding.bagDigest.todo':
    'It has changed since the bag was made. Compare with the source and get the unchanged file; where the change is meant, make the manifest anew.',
  'finding.bagMissing.title': 'A listed file is missing',
  'finding.bagMissing.todo':
    'Ask for the missing files; what is not to come has to be taken out of the manifest, and that made anew.',
  'finding.bagUnlisted.title': 'A file is not listed',
  'finding.bagUnlisted.todo':
    'Nothing proves that it is whole. Add it to the manifest, or take it out where it is only a system’s own file.',
  'finding.bagFetch.title': 'Files still to be fetched',
  'finding.bagFetch.todo':
    'fetch.txt names files that lie elsewhere, or is not written as it should be. Checking fetches nothing: have the bag completed first.',
  'finding.bagTotal.title': 'The total does not fit',
  'finding.bagTotal.todo':
    'Payload-Oxum is not what is there: something is missing or too much. Compare the number of files and of bytes.',
  'finding.bagInfo.title': 'The bag’s description is not well written',
  'finding.bagInfo.todo':
    'A line of bag-info.txt is not as the standard wants it. Write it as “Label: value”.',
  'finding.bagDeclaration.title': 'The declaration is missing or wrong',
  'finding.bagDeclaration.todo':
    'bagit.txt is not there, names a version nobody knows, or a wrong encoding. Have it written anew by the program that made the bag.',
  'finding.bagManifest.title': 'The manifest is not well written',
  'finding.bagManifest.todo':
    'A line can not be understood, a file is listed twice, or the algorithm is not supported. Make the manifest anew.',
  'finding.eepSignature.title': 'Signature, digest or certificate',
  'finding.eepSignature.todo':
    'A signature does not verify, there is none, or its certificate is not trusted. Ask the signer; where content has changed, get the original package.',
  'finding.eepLayer.title': 'The layers of changes do not follow',
  'finding.eepLayer.todo':
    'Numbers or times of the changes are not in order. Find out which came first and have it packed again by the system that made it.',
  'finding.eepData.title': 'An enclosed file can not be read, or differs',
  'finding.eepData.todo':
    'Its data is missing, can not be decoded, or is of another format than stated. Have it enclosed anew by the system it comes from.',
  'finding.eepValue.title': 'A value is not as the standard wants it',
  'finding.eepValue.todo':
    'A value, identifier or reference is not as DA/T 48 wants it. Correct it by the metadata scheme.',
  'finding.eepXml.title': 'The package is no well-formed XML',
  'finding.eepXml.todo':
    'There is a fault of syntax or encoding, and what follows can not be read. Have it written anew by the system it comes from.',
  'finding.eepStructure.title': 'The structure is not that of DA/T 48',
  'finding.eepStructure.todo':
    'An obligatory element is missing, out of order or unknown. Correct it by the structure of the standard.',
  'finding.handoverNote.title': 'The explanatory file is missing or wrong',
  'finding.handoverNote.todo':
    'Write the explanatory file: who hands over, how much, in which formats, how it is read.',
  'finding.handoverRegister.title': 'The register is missing or does not fit',
  'finding.handoverRegister.todo':
    'Compare its counts and volume with what is there; correct it, and have both sides confirm it again.',
  'finding.handoverDigest.title': 'Digests or sizes are missing or do not fit',
  'finding.handoverDigest.todo':
    'A file is not what was registered, or is not listed. Compare with the source and have it handed over again.',
  'finding.handoverMetadata.title': 'Trouble with a metadata file',
  'finding.handoverMetadata.todo':
    'It is missing, can not be read, or its reference code or title is not that of the catalogue. The agency has to correct it.',
  'finding.handoverEncoding.title': 'The encoding can not be told',
  'finding.handoverEncoding.todo':
    'A catalogue or note is not in UTF-8, GB18030 or GB2312. Have it saved as UTF-8.',
  'finding.handoverCatalogue.title': 'Trouble with the catalogue',
  'finding.handoverCatalogue.todo':
    'It is missing, lacks a column, or a row’s reference code, date or number of pages is not as it should be. Correct the rows named below.',
  'finding.handoverFiles.title': 'Files do not fit the catalogue or the structure',
  'finding.handoverFiles.todo':
    'A folder or file that should be there is not, or one is there that should not be. Arrange them by the rules of handover.',
  'finding.earkStructure.title': 'The folders are not those of CSIP',
  'finding.earkStructure.todo':
    'Place METS.xml, metadata, representations and the rest where the specification wants them.',
  'finding.earkSip.title': 'Not as a submission package (SIP) should be',
  'finding.earkSip.todo': 'Correct what METS says of the submission, by the requirement named below.',
  'finding.earkDip.title': 'Not as a dissemination package (DIP) should be',
  'finding.earkDip.todo': 'Correct it by the requirement named below.',
  'finding.earkRoot.title': 'The root or header of METS',
  'finding.earkRoot.todo':
    'Identifier, type, profile or maker is missing or wrong. Complete it by the requirement named below.',
  'finding.earkMetadata.title': 'How metadata is referred to',
  'finding.earkMetadata.todo':
    'A file of metadata is not referred to as it should be: place, size, date or checksum. Write METS anew.',
  'finding.earkFiles.title': 'The list of files',
  'finding.earkFiles.todo':
    'Place, size or checksum of a file in METS is not what is there, or a file is not listed. Compare the files and write METS anew.',
  'finding.earkMap.title': 'The structural map',
  'finding.earkMap.todo':
    'The structural map of METS does not show how the package is made up. Correct it by the requirement named below.',
  'finding.earkXml.title': 'METS or PREMIS is not valid',
  'finding.earkXml.todo':
    'Identifiers are doubled, references lead nowhere, or something obligatory is missing. Have it corrected by the program that made it.',
  'finding.ocflContent.title': 'Content is not what the inventory says',
  'finding.ocflContent.todo':
    'A file is missing, too much or has another digest: it may be damaged. Mend it from another copy.',
  'finding.ocflStructure.title': 'The object is not laid out as OCFL wants',
  'finding.ocflStructure.todo':
    'There is something that should not be there, or versions do not follow. Find out what wrote it.',
  'finding.ocflRoot.title': 'The storage root is not as OCFL wants',
  'finding.ocflRoot.todo': 'Its declaration, layout or hierarchy is wrong. Find out what wrote it.',
  'finding.ocflInventory.title': 'The inventory is not as OCFL wants',
  'finding.ocflInventory.todo':
    'Something in it is wrong, or it does not fit its digest file. Compare with another copy.',
  'finding.ocflAdvice.title': 'OCFL would advise otherwise',
  'finding.ocflAdvice.todo': 'It is valid all the same; it can be bettered when it is written next.',
  'finding.xml.title': 'XML that can not be read',
  'finding.xml.todo':
    'There is a fault of syntax, or entities that are not allowed. Have it written anew by the program that made it.',
  'finding.tooDemanding.title': 'Checking took too much time or memory',
  'finding.tooDemanding.todo': 'It was not checked to the end. Split the package, or ask the administrator.',
  'finding.notRecognised.title': 'Not a package of a known kind',
  'finding.notRecognised.todo':
    'There is no bagit.txt, METS.xml, EEP or explanatory file of a handover. See that what you drop is the whole package from its top.',
  'finding.unreadable.title': 'It could not be read to the end',
  'finding.unreadable.todo': 'Reading failed. Send it again, or look at the medium it came from.',
  'finding.other.title': 'Something else',
  'finding.other.todo': 'See the words below.',
};
