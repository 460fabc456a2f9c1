import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

// The rules of a document of EPCIS 2.0 in JSON-LD as a JSON schema, in words of our own: what the schema of GS1 asks of the
// two types of event that Lotbook tells. URIs are checked as URIs. Names of somebody's own have a prefix, which makes a URI.

const uri = { type: 'string', format: 'uri' }
const moment = { type: 'string', format: 'date-time' }
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more })
const ownUri = { ...uri, pattern: '^(?!urn:epcglobal:cbv|https?://ns\\.gs1\\.org/cbv/)' }
const word = (text: string) => ({ anyOf: [{ enum: text.split(' ') }, ownUri] })

const bizStep = word(
  'accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing picking receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting unloading unpacking void_shipping',
)
const disposition = word(
  'active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown',
)
const party = word('owning_party possessing_party location')
const place = { type: 'object', required: ['id'], properties: { id: uri } }
const quantities = list(
  {
    type: 'object',
    required: ['epcClass'],
    properties: { epcClass: uri, quantity: { type: 'number' }, uom: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' } },
    additionalProperties: false,
  },
  { minItems: 1 },
)
const some = list(disposition, { minItems: 1, uniqueItems: true })

const open = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  type: 'object',
  required,
  properties,
  propertyNames: { anyOf: [{ enum: Object.keys(properties) }, uri] },
})
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  ...{ type: 'object', required, properties, additionalProperties: false },
})

const shared = {
  type: { type: 'string' },
  '@context': true as unknown as object,
  eventID: uri,
  eventTime: moment,
  recordTime: moment,
  eventTimeZoneOffset: { type: 'string', pattern: '^[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)$' },
  certificationInfo: { anyOf: [uri, list(uri)] },
  errorDeclaration: open(
    {
      declarationTime: moment,
      reason: word('did_not_occur incorrect_data'),
      correctiveEventIDs: list(uri),
    },
    ['declarationTime'],
  ),
  bizStep,
  disposition,
  persistentDisposition: { ...closed({ set: some, unset: some }, []), minProperties: 1 },
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list(
    closed(
      {
        type: word('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'),
        bizTransaction: uri,
      },
      ['bizTransaction'],
    ),
  ),
  sourceList: list(closed({ type: party, source: uri }, ['type', 'source'])),
  destinationList: list(closed({ type: party, destination: uri }, ['type', 'destination'])),
  sensorElementList: list({ type: 'object' }),
  ilmd: { type: 'object', propertyNames: uri },
}
const when = ['type', 'eventTime', 'eventTimeZoneOffset']

const objectEvent = {
  allOf: [
    open({ ...shared, action: { enum: ['ADD', 'OBSERVE', 'DELETE'] }, epcList: list(uri), quantityList: quantities }, [
      ...when,
      'action',
    ]),
    { anyOf: [{ required: ['epcList'] }, { required: ['quantityList'] }] },
    { anyOf: [{ properties: { action: { const: 'ADD' } } }, { not: { required: ['ilmd'] } }] },
  ],
}
const either = (side: string) => ({ anyOf: [{ required: [`${side}EPCList`] }, { required: [`${side}QuantityList`] }] })
const transformationEvent = {
  allOf: [
    open(
      {
        ...{ ...shared, inputEPCList: list(uri), inputQuantityList: quantities },
        ...{ outputEPCList: list(uri), outputQuantityList: quantities, transformationID: uri },
      },
      when,
    ),
    {
      anyOf: [
        { allOf: [either('input'), either('output')] },
        { allOf: [{ required: ['transformationID'] }, { anyOf: [either('input'), either('output')] }] },
      ],
    },
  ],
}

const ofType = (type: string, rest: object) => ({
  allOf: [{ type: 'object', required: ['type'], properties: { type: { const: type } } }, rest],
})

const element = closed(
  {
    id: uri,
    attributes: list(closed({ id: uri, attribute: { type: ['number', 'string', 'object'] } }, ['id'])),
    children: list(uri),
  },
  ['id'],
)
const vocabulary = closed({ type: uri, vocabularyElementList: list(element) }, ['type'])

const document = open(
  {
    '@context': { anyOf: [uri, { type: 'object' }, list({ anyOf: [uri, { type: 'object' }] }, { uniqueItems: true })] },
    id: uri,
    type: { const: 'EPCISDocument' },
    schemaVersion: { type: 'string', pattern: '^\\d+(\\.\\d+)*$' },
    creationDate: moment,
    instanceIdentifier: { type: 'string' },
    sender: { type: 'string' },
    receiver: { type: 'string' },
    epcisHeader: open({ epcisMasterData: open({ vocabularyList: list(vocabulary) }, []) }, []),
    epcisBody: closed(
      {
        eventList: list({
          anyOf: [ofType('ObjectEvent', objectEvent), ofType('TransformationEvent', transformationEvent)],
        }),
      },
      ['eventList'],
    ),
  },
  ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
)

const ajv = new Ajv({ allErrors: true, strict: false })
addFormats.default(ajv)
const validate = ajv.compile(document)

/** Where a document breaks the rules of EPCIS 2.0, with why; empty where it keeps them. */
export const schemaFaults = (value: unknown): readonly string[] =>
  validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
