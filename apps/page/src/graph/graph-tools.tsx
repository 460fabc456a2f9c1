/** The buttons over the picture. */
export interface GraphToolsProps {
  readonly onFit: () => void
  readonly onIn: () => void
  readonly onOut: () => void
  readonly onHome: () => void
  readonly onExpandAll: () => void
  readonly onCollapseAll: () => void
}

/** Moves and scales the picture, for who has no wheel. */
export const GraphTools = ({ onFit, onIn, onOut, onHome, onExpandAll, onCollapseAll }: GraphToolsProps) => (
  <div className="graph-tools" role="toolbar" aria-label="Picture">
    <button type="button" onClick={onIn} aria-label="Larger" title="Larger (+)">
      +
    </button>
    <button type="button" onClick={onOut} aria-label="Smaller" title="Smaller (-)">
      −
    </button>
    <button type="button" onClick={onFit} title="Show all of it (0)">
      Fit
    </button>
    <button type="button" onClick={onHome} title="Go to the traced lot (Home)">
      Traced lot
    </button>
    <button type="button" onClick={onExpandAll}>
      Expand all
    </button>
    <button type="button" onClick={onCollapseAll}>
      Collapse
    </button>
  </div>
)
