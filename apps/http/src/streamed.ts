/** Sends pieces of text, or of UTF-8, one after the other, and lets other requests have their turn in between. */
export const streamed = (pieces: Iterator<string | Uint8Array>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        const { done, value } = pieces.next()
        if (done === true) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      },
    },
    { highWaterMark: 1 },
  )
}
