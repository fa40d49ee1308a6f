import { type ElementRule, grammarOf } from '#formats/xml';
import { SHARED } from './shared.ts';

/** The elements of PREMIS 3.0. Objects are told apart by category: `object file`. */
const THREE = `${SHARED}
premis = object+ event* agent* rights* : version!
object file = objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ originalName? storage* signatureInformation* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier* : xmlID version
object representation = objectIdentifier+ preservationLevel* significantProperties* originalName? storage* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier* : xmlID version
object bitstream = objectIdentifier+ significantProperties* objectCharacteristics+ storage* signatureInformation* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier* : xmlID version
object intellectualEntity = objectIdentifier+ preservationLevel* significantProperties* originalName? environmentFunction* environmentDesignation* environmentRegistry* environmentExtension* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier* : xmlID version
event = eventIdentifier eventType eventDateTime eventDetailInformation* eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier* : xmlID version
agent = agentIdentifier+ agentName* agentType? agentVersion? agentNote* agentExtension* linkingEventIdentifier* linkingRightsStatementIdentifier* linkingEnvironmentIdentifier* : xmlID version
rights = rightsStatement|rightsExtension+ : xmlID version
compositionLevel = text : unknown
creatingApplication ~ creatingApplicationName? creatingApplicationVersion? dateCreatedByApplication? creatingApplicationExtension* :
environmentFunction = environmentFunctionType environmentFunctionLevel :
environmentDesignation = environmentName environmentVersion? environmentOrigin? environmentDesignationNote* environmentDesignationExtension* :
environmentRegistry = environmentRegistryName environmentRegistryKey environmentRegistryRole? :
eventDetailInformation = eventDetail? eventDetailExtension* :
eventOutcomeDetail ~ eventOutcomeDetailNote? eventOutcomeDetailExtension* :
licenseInformation ~ licenseDocumentationIdentifier* licenseTerms? licenseNote* licenseApplicableDates? :
linkingEnvironmentIdentifier = linkingEnvironmentIdentifierType linkingEnvironmentIdentifierValue linkingEnvironmentRole* : LinkEventXmlID simpleLink
objectCharacteristics = compositionLevel? fixity* size? format+ creatingApplication* inhibitors* objectCharacteristicsExtension* :
preservationLevel = preservationLevelType? preservationLevelValue preservationLevelRole? preservationLevelRationale* preservationLevelDateAssigned? :
relatedEventIdentifier = relatedEventIdentifierType relatedEventIdentifierValue relatedEventSequence? : RelEventXmlID simpleLink
relatedObjectIdentifier = relatedObjectIdentifierType relatedObjectIdentifierValue relatedObjectSequence? : RelObjectXmlID simpleLink
relationship = relationshipType relationshipSubType relatedObjectIdentifier+ relatedEventIdentifier* relatedEnvironmentPurpose* relatedEnvironmentCharacteristic? :
signature = signatureEncoding signer? signatureMethod signatureValue signatureValidationRules signatureProperties* keyInformation* :
signatureInformation ~ signature? signatureInformationExtension* :
significantProperties ~ significantPropertiesType? significantPropertiesValue? significantPropertiesExtension* :
`;

/** The elements of PREMIS 2.0 to 2.3, with what 2.2 added. */
const TWO = `${SHARED}
premis = object+ event* agent* rights* : version!
object file = objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ originalName? storage* environment* signatureInformation* relationship* linkingEventIdentifier* linkingIntellectualEntityIdentifier* linkingRightsStatementIdentifier* : xmlID version
object representation = objectIdentifier+ preservationLevel* significantProperties* originalName? environment* relationship* linkingEventIdentifier* linkingIntellectualEntityIdentifier* linkingRightsStatementIdentifier* : xmlID version
object bitstream = objectIdentifier+ significantProperties* objectCharacteristics+ storage* environment* signatureInformation* relationship* linkingEventIdentifier* linkingIntellectualEntityIdentifier* linkingRightsStatementIdentifier* : xmlID version
event = eventIdentifier eventType eventDateTime eventDetail? eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier* : xmlID version
agent = agentIdentifier+ agentName* agentType? agentNote* agentExtension* mdSec* linkingEventIdentifier* linkingRightsStatementIdentifier* : xmlID version
rights = rightsStatement|rightsExtension|mdSec+ : xmlID version
creatingApplication ~ creatingApplicationName? creatingApplicationVersion? dateCreatedByApplication? creatingApplicationExtension|mdSec* :
dependency ~ dependencyName* dependencyIdentifier* :
dependencyIdentifier = dependencyIdentifierType dependencyIdentifierValue :
environment ~ environmentCharacteristic? environmentPurpose* environmentNote* dependency* software* hardware* environmentExtension|mdSec* :
eventOutcomeDetail ~ eventOutcomeDetailNote? eventOutcomeDetailExtension|mdSec* :
hardware = hwName hwType hwOtherInformation* :
licenseIdentifier = licenseIdentifierType licenseIdentifierValue :
licenseInformation ~ licenseIdentifier|licenseDocumentationIdentifier* licenseTerms? licenseNote* licenseApplicableDates? :
linkingIntellectualEntityIdentifier = linkingIntellectualEntityIdentifierType linkingIntellectualEntityIdentifierValue :
objectCharacteristics = compositionLevel fixity* size? format+ creatingApplication* inhibitors* objectCharacteristicsExtension* mdSec* :
preservationLevel = preservationLevelValue preservationLevelRole? preservationLevelRationale* preservationLevelDateAssigned? :
relatedEventIdentification = relatedEventIdentifierType relatedEventIdentifierValue relatedEventSequence? : RelEventXmlID
relatedObjectIdentification = relatedObjectIdentifierType relatedObjectIdentifierValue relatedObjectSequence? : RelObjectXmlID
relationship = relationshipType relationshipSubType relatedObjectIdentification+ relatedEventIdentification* :
signature = signatureEncoding signer? signatureMethod signatureValue signatureValidationRules signatureProperties* keyInformation* mdSec* :
signatureInformation ~ signature? signatureInformationExtension* mdSec* :
significantProperties ~ significantPropertiesType? significantPropertiesValue? significantPropertiesExtension|mdSec* :
software = swName swVersion? swType swOtherInformation* swDependency* :
`;

/** By version; what is neither a word of the table nor wrapped in its own words holds text alone. */
export const GRAMMARS: Readonly<Record<2 | 3, ReadonlyMap<string, ElementRule>>> = {
  2: grammarOf(TWO),
  3: grammarOf(THREE),
};

const names = (rules: ReadonlyMap<string, ElementRule>) =>
  new Set([...rules.values()].flatMap((rule) => [...rule.at.keys()]));
/** Every name a version has below its entities. */
export const NAMES: Readonly<Record<2 | 3, ReadonlySet<string>>> = {
  2: names(GRAMMARS[2]),
  3: names(GRAMMARS[3]),
};

/** An element that holds text: the attributes say by which vocabulary. */
export const TEXT: ElementRule = grammarOf('text = text : authority authorityURI valueURI').get('text')!;
