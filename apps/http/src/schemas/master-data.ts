import {
  type LocationView,
  lotStorageStrategies,
  lotUseStrategies,
  type MaterialView,
  type ReasonCodeView,
  type UnitConversionView,
  type UnitView,
} from '@lotbook/domain'
import { Schema } from 'effect'
import {
  type Agree,
  Amount,
  annotations,
  Flag,
  Id,
  LotRecordTypeName,
  LotStatusName,
  Moment,
  orNull,
  type Same,
  Text,
  Whole,
} from './fields.ts'

const common = {
  id: orNull(Id),
  ...annotations,
  version: Whole,
  createdDate: Moment,
  createdBy: Text,
  modifiedDate: orNull(Moment),
  modifiedBy: orNull(Text),
}

/** A unit of measure. */
export const Unit = Schema.Struct({ name: Text, symbol: Text, ...common }).annotate({ identifier: 'Unit' })

/** A unit conversion. */
export const UnitConversion = Schema.Struct({
  from: Text.annotate({ description: 'The symbol of a unit.' }),
  to: Text.annotate({ description: 'The symbol of the other unit.' }),
  numerator: Whole.annotate({ description: 'One `from` is `numerator` / `denominator` of `to`, exactly.' }),
  denominator: Whole,
  materialPath: orNull(Text).annotate({ description: 'The material that it holds for; null: for all others.' }),
  ...common,
}).annotate({ identifier: 'UnitConversion' })

/** A material. */
export const Material = Schema.Struct({
  path: Text,
  name: Text.annotate({ description: 'The last name of the path.' }),
  unitOfMeasureId: Id,
  unitOfMeasureSymbol: Text,
  shelfLifeDays: orNull(Whole),
  initialLotStatus: LotStatusName,
  description: orNull(Text),
  ...common,
}).annotate({ identifier: 'Material' })

/** A location. */
export const Location = Schema.Struct({
  path: Text,
  name: Text.annotate({ description: 'The last name of the path.' }),
  type: orNull(Text),
  allowNegativeInventory: Flag,
  storageCapacity: orNull(Amount),
  storageCapacityUnitSymbol: orNull(Text),
  lotStorageStrategy: Schema.Literals(lotStorageStrategies),
  lotUseStrategy: Schema.Literals(lotUseStrategies),
  ...common,
}).annotate({ identifier: 'Location' })

/** A reason code. */
export const ReasonCode = Schema.Struct({
  lotRecordType: LotRecordTypeName,
  reasonCode: Text,
  description: orNull(Text),
  requireComments: Flag,
  ...common,
}).annotate({ identifier: 'ReasonCode' })

/** The schemas above and the domain's views are the same. */
export type MasterDataSchemasAgree = Agree<
  [
    Same<typeof Unit.Type, UnitView>,
    Same<typeof UnitConversion.Type, UnitConversionView>,
    Same<typeof Material.Type, MaterialView>,
    Same<typeof Location.Type, LocationView>,
    Same<typeof ReasonCode.Type, ReasonCodeView>,
  ]
>
