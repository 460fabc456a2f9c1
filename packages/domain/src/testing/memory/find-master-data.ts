import type { Ulid } from '../../identifiers/ulid.ts'
import type { LotRecordType } from '../../lot-record/lot-record-type.ts'
import type { UnitConversion } from '../../master-data/master-data.ts'
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
import { pageOf } from './pages.ts'
import { within } from './resolve.ts'
import type { Tables } from './tables.ts'

const symbolOf = ({ units }: Tables, id: Ulid): string => units.get(id)?.symbol ?? ''

/** Units by symbol. */
export const findUnits = ({ units }: Tables, page: Paging): Page<UnitView> =>
  pageOf(units.values(), ({ symbol }) => [symbol], page, unitView)

/** Unit conversions by their units, then by material. */
export const findUnitConversions = (
  tables: Tables,
  page: Paging & { readonly id?: Ulid },
): Page<UnitConversionView> => {
  const pathOf = ({ materialId }: UnitConversion): string | null =>
    materialId === null ? null : (tables.materials.get(materialId)?.path ?? null)
  const shown = Array.from(tables.conversions.values()).filter(({ id }) => page.id === undefined || id === page.id)
  return pageOf(
    shown,
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
export const findMaterials = (tables: Tables, page: Paging): Page<MaterialView> =>
  pageOf(
    tables.materials.values(),
    ({ path }) => [path],
    page,
    (material) => materialView(material, symbolOf(tables, material.unitOfMeasureId)),
  )

/** Locations by path; `under` is a path, and that place is listed too. */
export const findLocations = (tables: Tables, page: Paging & { readonly under?: string }): Page<LocationView> => {
  const isThere = page.under === undefined ? () => true : within(page.under, true)
  return pageOf(
    Array.from(tables.locations.values()).filter(({ path }) => isThere(path)),
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
): Page<ReasonCodeView> => {
  const { lotRecordType } = page
  const shown = Array.from(reasonCodes.values()).filter(
    (reason) => lotRecordType === undefined || reason.lotRecordType === lotRecordType,
  )
  return pageOf(shown, (reason) => [reason.lotRecordType, reason.reasonCode], page, reasonCodeView)
}
