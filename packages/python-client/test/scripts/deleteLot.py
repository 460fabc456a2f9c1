salt = system.mes.inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')
saved = system.mes.inventory.saveLot(
    name='deleteLot', materialId=salt.materialId,
    unitOfMeasureId=salt.unitOfMeasureId, totalQuantity=0)

answer = system.mes.inventory.deleteLot(saved.id)
assert answer.success is True and answer.data == saved.id, answer
assert answer.error is None
try:
    system.mes.inventory.getLot(saved.id)
    raise AssertionError('the lot is still there')
except Exception as error:
    assert error.status == 404, error
