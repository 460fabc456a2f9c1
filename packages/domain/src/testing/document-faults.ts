/** A JSON object that a test may spoil. */
type Json = Record<string, unknown>

interface Document extends Json {
  epcisBody: { eventList: Json[] }
}

const kg = (lot: string, quantity: number): Json => ({
  epcClass: `urn:lotbook:lot/Raw/Sugar/${lot}`,
  quantity,
  uom: 'KGM',
})
const place = (name: string): Json => ({ id: `urn:lotbook:location/Plant/${name}` })
const when = { eventTime: '2026-11-02T08:00:00Z', eventTimeZoneOffset: '+00:00' }

/** A document of three events that the plant of the tests can take: a receipt, a move, a transformation of what was moved. */
export const soundDocument = (): Document => ({
  '@context': [
    'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    { acme: 'https://example.com/words/' },
  ],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-23T08:00:00Z',
  epcisBody: {
    eventList: [
      {
        ...{ type: 'ObjectEvent', eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001', ...when },
        ...{ action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress', quantityList: [kg('X', 10)] },
        ...{ bizLocation: place('Dock'), 'acme:truck': 'T 7' },
      },
      {
        ...{ type: 'ObjectEvent', eventID: 'urn:uuid:00000000-0000-4000-8000-000000000002', ...when },
        ...{ action: 'OBSERVE', bizStep: 'storing', quantityList: [kg('X', 5)] },
        ...{ readPoint: place('Dock'), bizLocation: place('Line') },
      },
      {
        ...{ type: 'TransformationEvent', eventID: 'urn:uuid:00000000-0000-4000-8000-000000000003', ...when },
        ...{ inputQuantityList: [kg('X', 2)], outputQuantityList: [kg('Y', 2)], bizLocation: place('Line') },
      },
    ],
  },
})

const events = '/epcisBody/eventList'
const deep = (event: Json | undefined, ...path: readonly (string | number)[]): Json =>
  path.reduce<Json>((at, key) => at[key] as Json, event ?? {})

/** One fault of a document. */
export interface DocumentFault {
  readonly name: string
  readonly spoil: (document: Document) => unknown
  /** Where it is refused. */
  readonly pointers: readonly string[]
  /** The schema of EPCIS says so too; what is not, only Lotbook cannot keep. */
  readonly isOfStandard: boolean
}

type Spoil = (document: Document, first: Json, second: Json, third: Json) => unknown

const fault = (
  name: string,
  pointers: string | readonly string[],
  spoil: Spoil,
  isOfStandard = true,
): DocumentFault => ({
  name,
  pointers: typeof pointers === 'string' ? [pointers] : pointers,
  isOfStandard,
  spoil: (document) => {
    const [first = {}, second = {}, third = {}] = document.epcisBody.eventList
    const other = spoil(document, first, second, third)
    return other === undefined ? document : other
  },
})

const without =
  (name: string, of: 'document' | 'first' | 'third' = 'first'): Spoil =>
  (document, first, _second, third) => {
    delete { document, first, third }[of][name]
  }
const into =
  (name: string, value: unknown): Spoil =>
  (_document, first) => {
    first[name] = value
  }

const aboutX =
  (word: string, attribute: unknown): Spoil =>
  (document) => {
    const element = { id: 'urn:lotbook:lot/Raw/Sugar/X', attributes: [{ id: `lotbook:${word}`, attribute }] }
    const lots = { type: 'urn:epcglobal:epcis:vtype:EPCClass', vocabularyElementList: [element] }
    document['epcisHeader'] = { epcisMasterData: { vocabularyList: [lots] } }
  }
const aboutXAt = '/epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/attributes/0/attribute'

/** Every kind of fault, each alone in a document that is sound without it. */
export const documentFaults: readonly DocumentFault[] = [
  fault('that is a list', '(root)', () => []),
  fault('without @context', '/@context', without('@context', 'document')),
  fault('without a type', '/type', without('type', 'document')),
  fault('of another type', '/type', (document) => {
    document['type'] = 'EPCISQueryDocument'
  }),
  fault('without a version', '/schemaVersion', without('schemaVersion', 'document')),
  fault(
    'of an older version',
    '/schemaVersion',
    (document) => {
      document['schemaVersion'] = '1.2'
    },
    false,
  ),
  fault('without its date', '/creationDate', without('creationDate', 'document')),
  fault('without a body', '/epcisBody', without('epcisBody', 'document')),
  fault('without a list of events', '/epcisBody/eventList', (document) => {
    document['epcisBody'] = {} as Document['epcisBody']
  }),
  fault('with a member of nobody', '/colour', (document) => {
    document['colour'] = 'red'
  }),
  fault('with an event that is text', `${events}/1`, (document) => {
    ;(document.epcisBody.eventList as unknown[])[1] = 'moved'
  }),
  fault('with an event without a type', `${events}/0/type`, without('type')),
  fault('with an AggregationEvent', `${events}/0/type`, into('type', 'AggregationEvent')),
  fault('with an AssociationEvent', `${events}/0/type`, into('type', 'AssociationEvent')),
  fault('with a TransactionEvent', `${events}/0/type`, into('type', 'TransactionEvent')),
  fault('with an event without its time', `${events}/0/eventTime`, without('eventTime')),
  fault('with a time without an offset', `${events}/0/eventTime`, into('eventTime', '2026-11-02T08:00:00')),
  fault('without an offset from UTC', `${events}/0/eventTimeZoneOffset`, without('eventTimeZoneOffset')),
  fault('with an offset that is none', `${events}/0/eventTimeZoneOffset`, into('eventTimeZoneOffset', '+15:00')),
  fault('with an id that is no URI', `${events}/0/eventID`, into('eventID', 'event 1')),
  fault(
    'with an event told twice',
    `${events}/1/eventID`,
    (_document, first, second) => {
      second['eventID'] = first['eventID']
    },
    false,
  ),
  fault('without an action', `${events}/0/action`, without('action')),
  fault('with an action of nobody', `${events}/0/action`, into('action', 'RECEIVE')),
  fault('with a business step of nobody', `${events}/0/bizStep`, into('bizStep', 'gobbling')),
  fault(
    'with a business step in the long form',
    `${events}/0/bizStep`,
    into('bizStep', 'urn:epcglobal:cbv:bizstep:receiving'),
  ),
  fault('without a business step', `${events}/0/bizStep`, without('bizStep'), false),
  fault('with a business step that no lot record is', `${events}/0/bizStep`, into('bizStep', 'picking'), false),
  fault('with a disposition of nobody', `${events}/0/disposition`, into('disposition', 'sticky')),
  fault('with an empty persistentDisposition', `${events}/0/persistentDisposition`, into('persistentDisposition', {})),
  fault('without quantities', `${events}/0/quantityList`, without('quantityList')),
  fault('with no quantities', `${events}/0/quantityList`, into('quantityList', [])),
  fault('with single objects', `${events}/0/epcList`, into('epcList', ['urn:epc:id:sgtin:4012345.012345.1']), false),
  fault('with a lot that is no URI', `${events}/0/quantityList/0/epcClass`, (_document, first) => {
    deep(first, 'quantityList', 0)['epcClass'] = 'X'
  }),
  fault(
    'with a lot of nowhere',
    `${events}/0/quantityList/0/epcClass`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['epcClass'] = 'urn:epc:class:lgtin:4012345.012345.X'
    },
    false,
  ),
  fault(
    'with a material that is not there',
    `${events}/0/quantityList/0/epcClass`,
    (document, first) => {
      deep(first, 'quantityList', 0)['epcClass'] = 'urn:lotbook:lot/Raw/Salt/X'
      document.epcisBody.eventList.splice(1)
    },
    false,
  ),
  fault(
    'that uses a lot that is not there',
    `${events}/2/inputQuantityList/0/epcClass`,
    (_document, _first, _second, third) => {
      deep(third, 'inputQuantityList', 0)['epcClass'] = 'urn:lotbook:lot/Raw/Sugar/Z'
    },
    false,
  ),
  fault('with a quantity in text', `${events}/0/quantityList/0/quantity`, (_document, first) => {
    deep(first, 'quantityList', 0)['quantity'] = '10'
  }),
  fault(
    'with a quantity of nothing',
    `${events}/0/quantityList/0/quantity`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['quantity'] = 0
    },
    false,
  ),
  fault(
    'with a quantity below nothing',
    `${events}/0/quantityList/0/quantity`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['quantity'] = -1
    },
    false,
  ),
  fault(
    'with a quantity in too many places',
    `${events}/0/quantityList/0/quantity`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['quantity'] = 0.0000001
    },
    false,
  ),
  fault(
    'without a quantity',
    `${events}/0/quantityList/0/quantity`,
    (_document, first) => {
      delete deep(first, 'quantityList', 0)['quantity']
    },
    false,
  ),
  fault('with a symbol for a unit', `${events}/0/quantityList/0/uom`, (_document, first) => {
    deep(first, 'quantityList', 0)['uom'] = 'kg'
  }),
  fault(
    'with a unit that the ledger does not have',
    `${events}/0/quantityList/0/uom`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['uom'] = 'TNE'
    },
    false,
  ),
  fault(
    'with a unit that no lot of the material converts to',
    `${events}/0/quantityList/0/uom`,
    (_document, first) => {
      deep(first, 'quantityList', 0)['uom'] = 'LTR'
    },
    false,
  ),
  fault(
    'without a unit where the lot is not counted',
    `${events}/0/quantityList/0/uom`,
    (_document, first) => {
      delete deep(first, 'quantityList', 0)['uom']
    },
    false,
  ),
  fault('with a member of nobody in a quantity', `${events}/0/quantityList/0/acme:colour`, (_document, first) => {
    deep(first, 'quantityList', 0)['acme:colour'] = 'red'
  }),
  fault('with a member of nobody in an event', `${events}/0/colour`, into('colour', 'red')),
  fault('with a place that is no URI', `${events}/0/bizLocation/id`, into('bizLocation', { id: 'Plant/Dock' })),
  fault('with a place that is not there', `${events}/0/bizLocation/id`, into('bizLocation', place('Moon')), false),
  fault('without a place', `${events}/0/bizLocation`, without('bizLocation'), false),
  fault(
    'with a move that does not say from where',
    `${events}/1/readPoint`,
    (_document, _first, second) => {
      delete second['readPoint']
    },
    false,
  ),
  fault('with a source without its kind', `${events}/0/sourceList/0/type`, into('sourceList', [{ source: 'urn:a:b' }])),
  fault('with ilmd of what was there before', `${events}/0/ilmd`, into('ilmd', { 'acme:colour': 'red' })),
  fault('with a transformation of nothing', `${events}/2/inputQuantityList`, (_document, _first, _second, third) => {
    delete third['inputQuantityList']
    delete third['outputQuantityList']
  }),
  fault(
    'with outputs alone and no transformationID',
    `${events}/2/transformationID`,
    without('inputQuantityList', 'third'),
  ),
  fault(
    'with a declaration of error without its time',
    `${events}/0/errorDeclaration/declarationTime`,
    into('errorDeclaration', { reason: 'did_not_occur' }),
  ),
  fault(
    'with a reason of nobody',
    `${events}/0/errorDeclaration/reason`,
    into('errorDeclaration', { declarationTime: '2026-11-03T08:00:00Z', reason: 'oops' }),
  ),
  fault('with a lot whose expiration date has no time', aboutXAt, aboutX('expirationDate', '2026-12-31'), false),
  fault(
    'with a word under lotbook: that nobody knows',
    aboutXAt.replace(/attribute$/u, 'id'),
    aboutX('expiryDate', '2026-12-31T00:00:00Z'),
    false,
  ),
  fault(
    'with an event that has a word under lotbook: that nobody knows',
    `${events}/0/lotbook:lotRecordTyp`,
    into('lotbook:lotRecordTyp', 'RECEIVE'),
    false,
  ),
  fault('with a lot whose notes hold a NUL', aboutXAt, aboutX('notes', 'a\u0000b'), false),
  fault(
    'with a record that is no text',
    `${events}/0/lotbook:recordId`,
    (_document, first) => {
      Object.assign(first, { 'lotbook:lotRecordType': 'RECEIVE', 'lotbook:recordId': { toString: 'x' } })
    },
    false,
  ),
  fault(
    'with another lot that is no text',
    `${events}/0/lotbook:secondaryLot`,
    (_document, first) => {
      const id = '01KB0000000000000000000001'
      Object.assign(first, { 'lotbook:lotRecordType': 'RECEIVE', 'lotbook:recordId': id, 'lotbook:secondaryLot': 7 })
    },
    false,
  ),
  fault(
    'with a void shipment of what is no text',
    `${events}/0/lotbook:reversalOf`,
    (_document, first) => {
      Object.assign(first, { bizStep: 'void_shipping', 'lotbook:reversalOf': { toString: 'x' } })
    },
    false,
  ),
  fault('with a void shipment of nothing', `${events}/0/lotbook:reversalOf`, into('bizStep', 'void_shipping'), false),
  fault(
    'that moves more than there is',
    [`${events}/1`, `${events}/2`],
    (_document, _first, second) => {
      deep(second, 'quantityList', 0)['quantity'] = 11
    },
    false,
  ),
]
