/** An identifier of PREMIS: type and value under the names their place gives them, and perhaps more. */
const identifier = (name: string, attributes: string, more = ''): string =>
  `${name} = ${name}Type ${name}Value ${more} : ${attributes}`;

/** Attributes of what is linked, beside the identifier's own. */
const linked = (name: string, attribute: string, more = ''): string =>
  identifier(name, `${attribute} simpleLink`, more);

/** Elements that versions 2 and 3 have alike (`grammarOf`). */
export const SHARED = `
contentLocation = contentLocationType contentLocationValue : simpleLink
copyrightInformation = copyrightStatus copyrightJurisdiction copyrightStatusDeterminationDate? copyrightNote* copyrightDocumentationIdentifier* copyrightApplicableDates? :
copyrightApplicableDates = startDate endDate? :
eventOutcomeInformation ~ eventOutcome? eventOutcomeDetail* :
fixity = messageDigestAlgorithm messageDigest messageDigestOriginator? :
format ~ formatDesignation? formatRegistry? formatNote* :
formatDesignation = formatName formatVersion? :
formatRegistry = formatRegistryName formatRegistryKey formatRegistryRole? : simpleLink
inhibitors = inhibitorType inhibitorTarget* inhibitorKey? :
licenseApplicableDates = startDate endDate? :
otherRightsInformation = otherRightsDocumentationIdentifier* otherRightsBasis otherRightsApplicableDates? otherRightsNote* :
otherRightsApplicableDates = startDate endDate? :
rightsGranted = act restriction* termOfGrant? termOfRestriction? rightsGrantedNote* :
termOfGrant = startDate endDate? :
termOfRestriction = startDate endDate? :
rightsStatement = rightsStatementIdentifier rightsBasis copyrightInformation? licenseInformation? statuteInformation* otherRightsInformation? rightsGranted* linkingObjectIdentifier* linkingAgentIdentifier* :
statuteInformation = statuteJurisdiction statuteCitation statuteInformationDeterminationDate? statuteNote* statuteDocumentationIdentifier* statuteApplicableDates? :
statuteApplicableDates = startDate endDate? :
storage ~ contentLocation? storageMedium? :
originalName = text : simpleLink
${identifier('agentIdentifier', 'simpleLink')}
${identifier('eventIdentifier', 'simpleLink')}
${identifier('objectIdentifier', 'simpleLink')}
${identifier('rightsStatementIdentifier', 'simpleLink')}
${linked('linkingAgentIdentifier', 'LinkAgentXmlID', 'linkingAgentRole*')}
${linked('linkingEventIdentifier', 'LinkEventXmlID')}
${linked('linkingObjectIdentifier', 'LinkObjectXmlID', 'linkingObjectRole*')}
${linked('linkingRightsStatementIdentifier', 'LinkPermissionStatementXmlID')}
copyrightDocumentationIdentifier = copyrightDocumentationIdentifierType copyrightDocumentationIdentifierValue copyrightDocumentationRole? :
licenseDocumentationIdentifier = licenseDocumentationIdentifierType licenseDocumentationIdentifierValue licenseDocumentationRole? :
otherRightsDocumentationIdentifier = otherRightsDocumentationIdentifierType otherRightsDocumentationIdentifierValue otherRightsDocumentationRole? :
statuteDocumentationIdentifier = statuteDocumentationIdentifierType statuteDocumentationIdentifierValue statuteDocumentationRole? :
`;
