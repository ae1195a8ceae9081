/** What came from outside as it may be stored and looked up: PostgreSQL refuses NULs and halves of characters. */
export const cleanText = (text: string): string => text.replaceAll('\0', '').toWellFormed();
