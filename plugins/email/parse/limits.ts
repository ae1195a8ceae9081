/** Bounds of what is kept of one mail; longer values are cut, more of them are left out. */
export const limits = {
  mailBytes: 25 * 1024 * 1024,
  headBytes: 1024 * 1024,
  headerCount: 2000,
  headerLength: 128 * 1024,
  subjectLength: 998,
  nameLength: 255,
  addressLength: 320,
  fileNameBytes: 255,
  recipients: 500,
  references: 100,
  messageIdLength: 998,
  parts: 1000,
  depth: 30,
  textBytes: 2 * 1024 * 1024,
  htmlLength: 1024 * 1024,
  replyLength: 64 * 1024,
} as const;
