/** The business steps of the Core Business Vocabulary 2.0. */
export const bizSteps = [
  ...(['accepting', 'arriving', 'assembling', 'collecting', 'commissioning', 'consigning'] as const),
  ...(['creating_class_instance', 'cycle_counting', 'decommissioning', 'departing', 'destroying'] as const),
  ...(['disassembling', 'dispensing', 'encoding', 'entering_exiting', 'holding', 'inspecting', 'installing'] as const),
  ...(['killing', 'loading', 'other', 'packing', 'picking', 'receiving', 'removing', 'repackaging'] as const),
  ...(['repairing', 'replacing', 'reserving', 'retail_selling', 'sampling', 'sensor_reporting', 'shipping'] as const),
  ...(['staging_outbound', 'stock_taking', 'stocking', 'storing', 'transporting', 'unloading', 'unpacking'] as const),
  'void_shipping',
] as const

/** The dispositions of the Core Business Vocabulary 2.0. */
export const dispositions = [
  ...(['active', 'available', 'completeness_inferred', 'completeness_verified', 'conformant'] as const),
  ...(['container_closed', 'container_open', 'damaged', 'destroyed', 'dispensed', 'disposed', 'encoded'] as const),
  ...(['expired', 'in_progress', 'in_transit', 'inactive', 'mismatch_class', 'mismatch_instance'] as const),
  ...(['mismatch_quantity', 'needs_replacement', 'no_pedigree_match', 'non_conformant'] as const),
  ...(['non_sellable_other', 'partially_dispensed', 'recalled', 'reserved', 'retail_sold', 'returned'] as const),
  ...(['sellable_accessible', 'sellable_not_accessible', 'stolen', 'unavailable', 'unknown'] as const),
] as const

/** The kinds of business transaction of the Core Business Vocabulary 2.0. */
export const bizTransactionTypes = [
  ...(['bol', 'cert', 'desadv', 'inv', 'pedigree', 'po', 'poc', 'prodorder', 'recadv', 'rma'] as const),
  ...(['testprd', 'testres', 'upevt'] as const),
] as const

/** The kinds of source and destination of the Core Business Vocabulary 2.0. */
export const partyTypes = ['owning_party', 'possessing_party', 'location'] as const

/** Why an event may be declared an error, by the Core Business Vocabulary 2.0. */
export const errorReasons = ['did_not_occur', 'incorrect_data'] as const

/** The members of every event of EPCIS 2.0. */
export const commonMembers = [
  ...(['type', '@context', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'recordTime', 'certificationInfo'] as const),
  ...(['errorDeclaration', 'bizStep', 'disposition', 'persistentDisposition', 'readPoint', 'bizLocation'] as const),
  ...(['bizTransactionList', 'sourceList', 'destinationList', 'sensorElementList', 'ilmd'] as const),
] as const

/** The members that an event has besides, by its type. */
export const membersOfType = {
  ObjectEvent: ['action', 'epcList', 'quantityList'],
  TransformationEvent: [
    ...(['inputEPCList', 'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'transformationID'] as const),
  ],
} as const

/** The types of event that say what lots do not: containers, transactions, assemblies. They are refused by name. */
export const unreadTypes = ['AggregationEvent', 'AssociationEvent', 'TransactionEvent'] as const
