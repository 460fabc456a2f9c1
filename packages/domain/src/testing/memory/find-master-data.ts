import { Result } from 'effect'
import type { Ulid } from '../../identifiers/ulid.ts'
import type { LotRecordType } from '../../lot-record/lot-record-type.ts'
import type { UnitConversion } from '../../master-data/master-data.ts'
import type { ValidationFailed } from '../../refusals.ts'
import type { Page, Paging } from '../../store.ts'
import {
  type LocationView,
  locationView,
  type MaterialView,
  materialView,
  type ReasonCodeView,
  reasonCodeView,
  type UnitConversionView,
  type UnitView,
  unitConversionView,
  unitView,
} from '../../views/master-data-view.ts'
import type { SortKey } from './order.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { within } from './resolve.ts'
import type { Tables } from './tables.ts'

/** A list of master data; a cursor of another shape than its keys have is refused. */
type Listed<A> = Result.Result<Page<A>, ValidationFailed>

const listed = <A, B>(
  items: Iterable<A>,
  shape: SortKey,
  keyOf: (item: A) => SortKey,
  page: Paging,
  show: (item: A) => B,
): Listed<B> => Result.map(refuseStrangeCursor(page, shape), () => pageOf(items, keyOf, page, show))

const symbolOf = ({ units }: Tables, id: Ulid): string => units.get(id)?.symbol ?? ''

/** Units by symbol. */
export const findUnits = ({ units }: Tables, page: Paging): Listed<UnitView> =>
  listed(units.values(), [''], ({ symbol }) => [symbol], page, unitView)

/** Unit conversions by their units, then by material. */
export const findUnitConversions = (
  tables: Tables,
  page: Paging & { readonly id?: Ulid },
): Listed<UnitConversionView> => {
  const pathOf = ({ materialId }: UnitConversion): string | null =>
    materialId === null ? null : (tables.materials.get(materialId)?.path ?? null)
  const shown = Array.from(tables.conversions.values()).filter(({ id }) => page.id === undefined || id === page.id)
  return listed(
    shown,
    ['', '', ''],
    (conversion) => [
      symbolOf(tables, conversion.fromUnitId),
      symbolOf(tables, conversion.toUnitId),
      pathOf(conversion) ?? '',
    ],
    page,
    (conversion) =>
      unitConversionView(
        conversion,
        symbolOf(tables, conversion.fromUnitId),
        symbolOf(tables, conversion.toUnitId),
        pathOf(conversion),
      ),
  )
}

/** Materials by path. */
export const findMaterials = (tables: Tables, page: Paging): Listed<MaterialView> =>
  listed(
    tables.materials.values(),
    [''],
    ({ path }) => [path],
    page,
    (material) => materialView(material, symbolOf(tables, material.unitOfMeasureId)),
  )

/** Locations by path; `under` is a path, and that place is listed too. */
export const findLocations = (tables: Tables, page: Paging & { readonly under?: string }): Listed<LocationView> => {
  const isThere = page.under === undefined ? () => true : within(page.under, true)
  return listed(
    Array.from(tables.locations.values()).filter(({ path }) => isThere(path)),
    [''],
    ({ path }) => [path],
    page,
    (location) => {
      const unitId = location.storageCapacityUnitId
      return locationView(location, unitId === null ? null : symbolOf(tables, unitId))
    },
  )
}

/** Reason codes by type of record, then by code. */
export const findReasonCodes = (
  { reasonCodes }: Tables,
  page: Paging & { readonly lotRecordType?: LotRecordType },
): Listed<ReasonCodeView> => {
  const { lotRecordType } = page
  const shown = Array.from(reasonCodes.values()).filter(
    (reason) => lotRecordType === undefined || reason.lotRecordType === lotRecordType,
  )
  return listed(shown, ['', ''], (reason) => [reason.lotRecordType, reason.reasonCode], page, reasonCodeView)
}
