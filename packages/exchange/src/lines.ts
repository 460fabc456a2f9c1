/** Cuts bytes into lines of text, without their line breaks. What stands after the last line break is a line too. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let begun = ''
  for await (const chunk of source) {
    const lines = `${begun}${decoder.decode(chunk, { stream: true })}`.split('\n')
    begun = lines.pop() ?? ''
    yield* lines
  }
  begun += decoder.decode()
  if (begun !== '') yield begun
}
