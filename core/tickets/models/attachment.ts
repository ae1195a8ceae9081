import { Row } from '../../database/record.js';

export interface AttachmentRecord {
  readonly id: number;
  /** 128 random bits, base64url: what stands in addresses. */
  readonly key: string;
  /** Null while it is uploaded but not yet sent. */
  readonly messageId: number | null;
  readonly uploadedBy: number | null;
  readonly sha256: string;
  readonly filename: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: number;
  readonly createdAt: string;
}

export interface Attachment extends AttachmentRecord {}
export class Attachment extends Row {
  declare id: number;
  static override tableName = 'attachments';
}
