// Loaded before a command (`node --import`): tells on standard error what it took.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = ((userCPUTime + systemCPUTime) / 1e6).toFixed(2);
  process.stderr.write(`usage: ${performance.now().toFixed(0)} ms, ${cpu} CPU s, ${(maxRSS / 1024).toFixed(0)} MB\n`);
});
