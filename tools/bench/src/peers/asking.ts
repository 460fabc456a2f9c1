/** Sends JSON and gives the JSON of the answer, and its headers. An answer other than 2xx is an error. */
export const ask = async (
  url: string,
  body: unknown,
  token?: string,
): Promise<{ readonly json: unknown; readonly headers: Headers }> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return { json: await answer.json(), headers: answer.headers }
}
