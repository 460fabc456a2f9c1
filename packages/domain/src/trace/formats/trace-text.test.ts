import { describe, expect, it } from 'vitest'
import type { TraceView } from '../trace-view.ts'
import { traceText } from './trace-text.ts'

const node = {
  materialId: '01M83PPH00-00000000-00000005',
  materialPath: 'Raw/Sugar',
  materialName: 'Sugar',
  status: 'AVAILABLE',
  effectiveStatus: 'EXPIRED',
  onHand: -1.5,
  totalQuantity: 10,
  unitOfMeasureSymbol: 'kg',
  depth: 0,
  terminal: false,
  share: 1,
  shareExact: '1',
  originShare: null,
  originShareExact: null,
  shareUnitOfMeasureSymbol: null,
} as const

const names = ['=HYPERLINK("x")', 'a"]; x --> y["b', '<img src=x onerror=1>`#1;\\N']

const trace: TraceView = {
  lotId: 'A',
  direction: 'BOTH',
  depth: null,
  asOf: null,
  truncated: false,
  sharesLeftOut: null,
  nodes: [
    { ...node, lotId: 'A', lotName: names[0] ?? '', reach: 'SELF' },
    {
      ...node,
      lotId: 'B',
      lotName: names[1] ?? '',
      reach: 'ANCESTOR',
      depth: 1,
      ...{ share: 0.3, shareExact: '3/10', shareUnitOfMeasureSymbol: 'kg' },
    },
    { ...node, lotId: 'C', lotName: names[2] ?? '', reach: 'DESCENDANT', depth: 1 },
    { ...node, lotId: 'B', lotName: names[1] ?? '', reach: 'DESCENDANT', depth: 2 },
  ],
  edges: [
    {
      source: 'B',
      target: 'A',
      lotRecordType: 'CONSUME',
      recordIds: ['R'],
      quantity: 30,
      unitOfMeasureSymbol: 'kg',
      startDate: '2026-11-03T08:00:00.000Z',
      endDate: null,
      inferred: false,
      memo: false,
    },
    {
      source: 'A',
      target: 'C',
      lotRecordType: 'CONSUME',
      recordIds: ['S', 'T'],
      quantity: null,
      unitOfMeasureSymbol: 'kg',
      startDate: '2026-11-03T08:00:00.000Z',
      endDate: null,
      inferred: true,
      memo: true,
    },
  ],
  terminalNodes: ['B', 'C'],
}

const written = (format: keyof typeof traceText): string => [...traceText[format](trace)].join('')

describe('a trace as text', () => {
  it('is in JSON what it is', () => {
    expect(JSON.parse(written('JSON'))).toEqual(trace)
    const large = { ...trace, nodes: Array.from({ length: 1001 }, () => trace.nodes[0]) } as TraceView
    expect(JSON.parse([...traceText.JSON(large)].join(''))).toEqual(large)
  })

  it('is in CSV one line for each edge, and for each lot that no step reached, with no formula in it', () => {
    expect(written('CSV').split('\r\n')).toEqual([
      'reach,depth,lotId,lotName,materialPath,status,effectiveStatus,onHand,onHandUnit,share,shareExact,shareUnit,sourceLotId,sourceLotName,targetLotId,targetLotName,lotRecordType,recordIds,quantity,unitOfMeasureSymbol,startDate,endDate,inferred,memo',
      'SELF,0,A,"\'=HYPERLINK(""x"")",Raw/Sugar,AVAILABLE,EXPIRED,-1.5,kg,1,1,,,,,,,,,,,,,',
      'DESCENDANT,2,B,"a""]; x --> y[""b",Raw/Sugar,AVAILABLE,EXPIRED,-1.5,kg,1,1,,,,,,,,,,,,,',
      'ANCESTOR,1,B,"a""]; x --> y[""b",Raw/Sugar,AVAILABLE,EXPIRED,-1.5,kg,0.3,3/10,kg,B,"a""]; x --> y[""b",A,"\'=HYPERLINK(""x"")",CONSUME,R,30,kg,2026-11-03T08:00:00.000Z,,false,false',
      'DESCENDANT,1,C,<img src=x onerror=1>`#1;\\N,Raw/Sugar,AVAILABLE,EXPIRED,-1.5,kg,1,1,,A,"\'=HYPERLINK(""x"")",C,<img src=x onerror=1>`#1;\\N,CONSUME,S T,,kg,2026-11-03T08:00:00.000Z,,true,true',
      '',
    ])
  })

  it('says in every form that it was cut off, and in pictures as of when it is', () => {
    const cut = { ...trace, truncated: true, asOf: '2026-11-05T08:00:00.000Z' }
    const text = (format: keyof typeof traceText): string => [...traceText[format](cut)].join('')
    expect(text('CSV').split('\r\n').slice(-2)).toEqual([
      `TRUNCATED,,,"There are more lots or steps than these: ask for more, or choose one direction or a smaller depth"${','.repeat(20)}`,
      '',
    ])
    expect(text('MERMAID')).toBe(
      `---\ntitle: "as of 2026-11-05T08:00:00.000Z, cut off, there is more"\n---\n${written('MERMAID')}`,
    )
    expect(text('DOT')).toBe(
      written('DOT').replace(
        'shape=box];\n',
        'shape=box];\n  label="as of 2026-11-05T08:00:00.000Z, cut off, there is more";\n  labelloc=t;\n',
      ),
    )
    expect(JSON.parse(text('JSON'))).toMatchObject({ truncated: true, asOf: cut.asOf })
  })

  it('is in Mermaid a flowchart that no name can break', () => {
    expect(written('MERMAID')).toBe(`flowchart LR
  n0["#61;HYPERLINK#40;#34;x#34;#41;<br/>Raw/Sugar<br/>EXPIRED, -1.5 kg"]
  n1["a#34;#93;#59; x --#62; y#91;#34;b<br/>Raw/Sugar<br/>EXPIRED, -1.5 kg, 30 #37; of kg"]
  n2["#60;img src#61;x onerror#61;1#62;#96;#35;1#59;#92;N<br/>Raw/Sugar<br/>EXPIRED, -1.5 kg, 100 #37;"]
  n1 -->|"CONSUME 30 kg"| n0
  n0 -.->|"inferred memo"| n2
  style n0 stroke-width:3px
`)
  })

  it('has no entities in DOT, which Graphviz would read', () => {
    const [first, ...nodes] = trace.nodes
    const named = { ...trace, nodes: [{ ...first, lotName: 'a &lt; b & c' }, ...nodes] } as TraceView
    expect([...traceText.DOT(named)].join('')).toContain('n0 [label="a &amp;lt; b &amp; c\\n')
  })

  it('is in DOT a digraph that no name can break', () => {
    expect(written('DOT')).toBe(`digraph trace {
  rankdir=LR;
  node [shape=box];
  n0 [label="=HYPERLINK(\\"x\\")\\nRaw/Sugar\\nEXPIRED, -1.5 kg", penwidth=3];
  n1 [label="a\\"]; x --> y[\\"b\\nRaw/Sugar\\nEXPIRED, -1.5 kg, 30 % of kg"];
  n2 [label="<img src=x onerror=1>\`#1;\\\\N\\nRaw/Sugar\\nEXPIRED, -1.5 kg, 100 %"];
  n1 -> n0 [label="CONSUME 30 kg"];
  n0 -> n2 [label="inferred memo", style=dashed];
}
`)
  })
})
