import {
  type Condition,
  conditionOfDisposition,
  dispositionOf,
  epcisMappings,
  foreignReadings,
  type Mapping,
  mostEvents,
  mostTracedRecords,
  unitCodes,
  unreadTypes,
  usualBase,
} from '@lotbook/domain'

const code = (words: readonly (string | null | undefined)[]): string =>
  words.map((word) => (word == null || word === '' ? '–' : `\`${word}\``)).join(', ')

const toldRow = ({ lotRecordType, when, event, action, bizStep, disposition, persistent }: Mapping): string => {
  const set = persistent?.set === undefined ? '' : `; sets \`${persistent.set.join('`, `')}\``
  const unset = persistent?.unset === undefined ? '' : `; unsets \`${persistent.unset.join('`, `')}\``
  const means = disposition === 'by status' ? 'by status' : code([disposition])
  return `| ${lotRecordType} | ${when} | ${event}${action === null ? '' : ` ${action}`} | \`${bizStep}\` | ${means}${set}${unset} |`
}

const wordsThatSay = (condition: Condition): string =>
  code(Object.entries(conditionOfDisposition).flatMap(([word, one]) => (one === condition ? [word] : [])))

/** How records are told as events of EPCIS, and how events are read. */
export const writeEpcis = (): string =>
  [
    '# EPCIS 2.0',
    '',
    'Written by `npm run docs` from the tables in `packages/domain/src/epcis`. Why it is so: [decision 33](../adr/0033-epcis.md).',
    '',
    '`lotbook epcis export` and `GET /v1/epcis/events` write a document of EPCIS 2.0 in JSON-LD: of a lot, of all lots of its trace, of a period, or of the whole ledger. `lotbook epcis import` and `POST /v1/epcis/events` read one.',
    '',
    '## How records are told',
    '',
    '| Record | Which | Event | bizStep | disposition |',
    '| --- | --- | --- | --- | --- |',
    ...Object.values(epcisMappings).map(toldRow),
    '',
    `By status: ${Object.entries(dispositionOf)
      .map(([status, word]) => `${status} \`${word}\``)
      .join(
        ', ',
      )}. Where one of the table is \`in_progress\` or \`active\`, and the lot is QA_HOLD or EXPIRED, that is told in its place.`,
    '',
    '- Not told: memos, records that are not COMPLETED, reversals of anything but a SHIP. A quantity of zero or less is never written: where a MERGE of everything came to one, the event tells the lots and no quantity.',
    '- `eventTime` is the effective time, `recordTime` when it was written. `readPoint` is the source (else the destination), `bizLocation` the destination; of a shipment the destination stands in `destinationList`. `sourceList` and `destinationList` name the supplier of the lot. `ilmd` of what is produced or counted has name and expiration date of the lot, as they are now.',
    '- The events of one run have one `transformationID`: of the operation, else the order, else of the CONSUME or PRODUCE record itself. The lot at the other end of such a record stands on the other side, without a quantity.',
    '- A correction: the event has an `errorDeclaration` (`incorrect_data`) that names the event in its place. A reversal: `did_not_occur`. So is a CONSUME of which an UNCONSUME gave all back to where it was taken from; where it gave some back, an event with what was used takes its place.',
    '- Ids are UUIDs made from the id of the record: the same ledger gives the same bytes. Each id stands once in a document.',
    '',
    '## URIs',
    '',
    `Below a base, \`${usualBase}\` unless \`base\` names another URI that ends with \`:\` or \`/\`; each name percent-encoded:`,
    '',
    '| What | URI |',
    '| --- | --- |',
    '| a lot, as a class | `<base>lot/<path of the material>/<name>` |',
    '| a place | `<base>location/<path>` |',
    '| an operation, a record | `<base>operation/<ULID>`, `<base>record/<ULID>` |',
    '| a production order, a supplier | `<base>production-order/<name or id>`, `<base>supplier/<id>` |',
    '',
    '## Words of ours',
    '',
    'What EPCIS has no word for stands under `lotbook:` (`urn:lotbook:epcis:`). On an event: `recordId`, `lotRecordType`, `lotStatus`, `startDate` (where the record has an end, which is the `eventTime`), `unitOfMeasureSymbol`, `operationId`, `operationRecordId`, `inventoryOperationId`, `inventoryOperationName`, `productionOrderId`, `productionOrderName`, `shiftRecordId`, `materialReasonCodeName`, `consumeRecordId`, `secondaryLot`, `everything` (a MERGE without a quantity), `reversalOf` (a void shipment), `notes`, `spare1` to `spare3`, `actor` (who wrote it). Of a lot, in the header: `materialPath`, `lotName`, `initialStatus`, `unitOfMeasureSymbol`, `expirationDate`, `supplierId`, `notes`, `spare1` to `spare3`. Of the document: `base`. Any other word under `lotbook:`, on an event or in the header, is refused.',
    '',
    '## How events are read',
    '',
    'An event with `lotbook:lotRecordType` is read as that record, with its id; what it says otherwise must go with it. Any other:',
    '',
    '| Event | bizStep | disposition | Record |',
    '| --- | --- | --- | --- |',
    ...foreignReadings.map(
      ({ action, bizStep, dispositions, reading }) =>
        `| ObjectEvent ${action} | \`${bizStep}\` | ${dispositions === undefined ? 'any' : code(dispositions)} | ${reading.lotRecordType}${reading.lotStatus === undefined ? '' : ` to ${reading.lotStatus}`}${reading.makesLot === true ? '; makes the lot' : ''} |`,
    ),
    '| TransformationEvent | any | any | a CONSUME for each input, a PRODUCE for each output (makes the lot), of one operation |',
    '',
    `- Refused by name: ${unreadTypes.join(', ')}, extended events, single objects (\`epcList\`), and every other business step: nothing is passed over.`,
    `- \`disposition\`, and what \`persistentDisposition\` sets, say whether goods may be used. Those that say so: ${wordsThatSay('usable')}. With ${wordsThatSay('QA_HOLD')} a lot that the event makes begins QA_HOLD, and with ${wordsThatSay('EXPIRED')} EXPIRED; where the lot is here already, or the document made it before, and it is OPEN or AVAILABLE, the event is refused: make the lot QA_HOLD first, or tell these goods as a lot of their own. ${wordsThatSay('gone')} are refused where the goods would be here, and so is any word that is not of the vocabulary. Of a transformation they are about what comes out. Of RETURN and SCRAP the disposition is only the reason; of a change of status it is the status.`,
    '- A lot that an event makes begins in the status that the event says (`lotbook:lotStatus`, or by its disposition as above), else as the header says (`lotbook:initialStatus`); but where that is AVAILABLE, or nothing is said, as its material says.',
    '- A lot is named by a URI as above; or by an LGTIN or a Digital Link with a GTIN and a lot, where the header (`epcisMasterData`) gives `lotbook:materialPath` to its trade item (`urn:epc:idpat:sgtin:….*`, `https://…/01/<GTIN>`; a Digital Link with more behind `?` or `#` is refused); or as the header says (`lotbook:materialPath` and `lotbook:lotName`). Of a place the header says `lotbook:path`. Materials, places and units must be there.',
    '- `ilmd` says of the lots that come into being with an event (`quantityList` of ADD, `outputQuantityList`) when they expire: `cbvmda:itemExpirationDate` (or `gs1:expirationDate`), a day, which begins at midnight UTC, or a date and time with an offset. A lot that the document makes begins with it. It must agree with the header (`lotbook:expirationDate`, which may say the time of that day), with every other event that stands, and with a lot that is here already: nothing is set there. `cbvmda:lotNumber` (or `gs1:hasBatchLotNumber`) must be the lot that the event names. Any other word with `expir` in its name is refused; other words, such as `bestBeforeDate`, are not read.',
    '- Places: what is used, moved, shipped or scrapped was at the `readPoint` (else the `bizLocation`); what arrives is at the `bizLocation` (else the `readPoint`). Of `shipping`, a location in `destinationList` that can be read is the destination; every other one and every party there stands in the notes, so a recall says to whom.',
    '- A status is that of the whole lot, whatever quantity such an event tells. A quantity without `uom` is in pieces (`C62`, `H87`, `EA`).',
    '- An event that is declared an error is not written, nor is one that a declaration in the same document means by its id. Where its record is here, the declaration is refused: reverse the record.',
    `- All of a document or none. Every fault is told at once, by JSON pointer. At most ${mostEvents.toLocaleString('en-US')} events a document.`,
    '- An event is written once: its record has an id made from the event’s id, or from all it says where it has none. How it is spelled makes no difference: instants in any offset and to the millisecond, a URN or a UUID in capitals. Without an id, what a document tells twice happened twice.',
    '- An event whose record is here and says something else (another type, lot, place, time, quantity or status, a lot more or less) is refused, also where the record was reversed since: what takes its place has an id of its own. One that comes again as it was is there, and stays reversed.',
    '- What an earlier version imported is found under the id that it had there: of the event’s id and the time that it told, or of all it said as it was spelled (as it is now, or in UTC). One of those that comes again with another time is not found, and is written again.',
    '',
    '## What is lost',
    '',
    '- Told, and not read: who wrote a record (its author here is who imports), versions (the last is what is written), the quantity and unit that were asked for, the expiration date of a re-test, certification and sensor data, `sourceList`, the `destinationList` of what is not shipped, and what others say under prefixes of their own.',
    '- Lots without any record, labels of stock, and the master data itself: import those as rows (docs/import-export.md).',
    '- A history is read as it stands now. One in which records were reversed or corrected that others stood on may be forbidden by a rule when it is written anew; it is refused then, with the rule. At places that merge what arrives, the merges would be made again. A ledger as it was is for `lotbook export` and `import --restore`.',
    `- The lots of one trace may have ${mostTracedRecords.toLocaleString('en-US')} records together; more are asked for as a period.`,
    '',
    '## Units',
    '',
    'Codes of UN/ECE Recommendation 20, by the symbol of the unit or else by its name; either may be the code itself. A lot in a unit that is not here cannot be told: the export is refused and names the unit.',
    '',
    '| Code | Symbols and names |',
    '| --- | --- |',
    ...Object.entries(unitCodes).map(([one, words]) => `| \`${one}\` | ${words.join(', ')} |`),
    '',
  ].join('\n')
