// Loaded into a server before its own program: whoever started it may ask how much processor time it has taken.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
// Listening for the question keeps no server alive.
process.channel?.unref()
