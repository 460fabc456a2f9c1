query = {
    'pageSize': 1,
    'pageIndex': 0,
    'filters': [{
        'field': 'materialPath',
        'condition': 'EQUALS',
        'stringValue': 'Milk/Cream',
    }],
}
page = system.mes.inventory.findLots(query)
assert page.pageSize == 1 and page.isFirst is True and page.hasNext is True
assert page.totalElements > 1 and page.totalPages == page.totalElements
assert [lot.materialPath for lot in page.content] == ['Milk/Cream']
assert system.mes.inventory.findLots(**query) == page
