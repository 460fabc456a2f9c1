import { ApiProblem } from './api/api.ts'

/** Says what went wrong, and what can be done. */
export const ProblemNote = ({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) => (
  <div className="note problem" role="alert">
    <strong>{error instanceof ApiProblem ? error.title : 'Something went wrong'}</strong>
    <p>{error.message}</p>
    {onRetry && (
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
)
