import { element } from './xml.ts';

/** An error answer of EC2 or STS: its code, its sentence and its HTTP status. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** EC2's form of an error (Amazon EC2 API reference, "Error codes for the Amazon EC2 API"). */
export function ec2ErrorXml(error: { code: string; message: string }, requestId: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${element('Code', error.code)}` +
    `${element('Message', error.message)}</Error></Errors>${element('RequestID', requestId)}</Response>`
  );
}

/** STS's own codes for what the services have in common. */
const STS_CODES: Readonly<Record<string, string>> = {
  AuthFailure: 'InvalidClientTokenId',
  RequestExpired: 'ExpiredToken',
  RequestLimitExceeded: 'Throttling',
  UnauthorizedOperation: 'AccessDenied',
};

/** STS's form of an error, which the AWS query protocol shares with most older services. */
export function stsErrorXml(error: { code: string; message: string; status: number }, requestId: string): string {
  return (
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>` +
    `${element('Type', error.status >= 500 ? 'Receiver' : 'Sender')}${element('Code', STS_CODES[error.code] ?? error.code)}` +
    `${element('Message', error.message)}</Error>${element('RequestId', requestId)}</ErrorResponse>`
  );
}

/** SSM's own codes for what the services have in common. */
const SSM_CODES: Readonly<Record<string, string>> = {
  AuthFailure: 'UnrecognizedClientException',
  InternalError: 'InternalServerError',
  InvalidPaginationToken: 'InvalidNextToken',
  InvalidParameterValue: 'ValidationException',
  MissingParameter: 'ValidationException',
  RequestExpired: 'ExpiredTokenException',
  RequestLimitExceeded: 'ThrottlingException',
  Unavailable: 'ServiceUnavailable',
  UnauthorizedOperation: 'AccessDeniedException',
};

/** SSM's form of an error, that of the JSON protocol. */
export function ssmErrorJson({ code, message }: ServiceError): string {
  return JSON.stringify({ __type: SSM_CODES[code] ?? code, message });
}

/** In the JSON protocol whatever is not the service's own fault has the status 400. */
export function ssmErrorStatus({ code, status }: ServiceError): number {
  return status >= 500 && code !== 'RequestLimitExceeded' ? status : 400;
}
