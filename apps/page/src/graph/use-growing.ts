import { useEffect, useState } from 'react'

const perFrame = 60

/** Counts up to a number, some in each frame: what is drawn so keeps nobody waiting. */
export const useGrowing = (total: number): number => {
  const [count, setCount] = useState(perFrame)
  useEffect(() => {
    if (count >= total) return
    const frame = requestAnimationFrame(() => setCount(count + perFrame))
    return () => cancelAnimationFrame(frame)
  }, [count, total])
  return Math.min(count, total)
}
