import type { SampleService } from './service.ts';
import { element } from './xml.ts';

/** An error answer with EC2's code, message and HTTP status. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A service's own version of an error; undefined members are those of EC2. */
interface Wording {
  readonly code: string;
  readonly message?: string;
  readonly status?: number;
}

const INVALID_KEYS = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

/** EC2's answer to an unsigned request. */
const EC2_WORDING: Readonly<Record<string, Wording>> = {
  MissingAuthenticationToken: {
    code: 'MissingParameter',
    message: 'The request must contain the parameter AWSAccessKeyId',
    status: 400,
  },
};

/** "Common errors" of the STS API reference. */
const STS_WORDING: Readonly<Record<string, Wording>> = {
  AuthFailure: { code: 'InvalidClientTokenId', message: INVALID_KEYS, status: 403 },
  InternalError: { code: 'InternalFailure' },
  RequestExpired: { code: 'ExpiredToken', message: EXPIRED_TOKEN, status: 403 },
  RequestLimitExceeded: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
  Unavailable: { code: 'ServiceUnavailable' },
  UnauthorizedOperation: { code: 'AccessDenied' },
};

/** "Common errors" of the Systems Manager API reference. All errors except the service's own have status 400. */
const SSM_WORDING: Readonly<Record<string, Wording>> = {
  AuthFailure: { code: 'UnrecognizedClientException', message: INVALID_KEYS, status: 400 },
  InternalError: { code: 'InternalServerError' },
  MissingAuthenticationToken: {
    code: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
    status: 400,
  },
  InvalidPaginationToken: { code: 'InvalidNextToken' },
  RequestExpired: { code: 'ExpiredTokenException', message: EXPIRED_TOKEN, status: 400 },
  RequestLimitExceeded: { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 },
  Unavailable: { code: 'ServiceUnavailable' },
  UnauthorizedOperation: { code: 'AccessDeniedException', status: 400 },
};

const WORDING: Readonly<Record<SampleService, Readonly<Record<string, Wording>>>> = {
  ec2: EC2_WORDING,
  sts: STS_WORDING,
  ssm: SSM_WORDING,
};

/** The error with the code and message of a service. */
export function inWordsOf(service: SampleService, error: ServiceError): ServiceError {
  const wording = Object.hasOwn(WORDING[service], error.code) ? WORDING[service][error.code] : undefined;
  return wording
    ? new ServiceError(wording.code, wording.message ?? error.message, wording.status ?? error.status)
    : error;
}

/** EC2's form of an error (Amazon EC2 API reference, "Error codes for the Amazon EC2 API"). */
export function ec2ErrorXml(error: ServiceError, requestId: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${element('Code', error.code)}` +
    `${element('Message', error.message)}</Error></Errors>${element('RequestID', requestId)}</Response>`
  );
}

/** STS's form of an error, as in most older services with the AWS query protocol. */
export function stsErrorXml(error: ServiceError, requestId: string): string {
  return (
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>` +
    `${element('Type', error.status >= 500 ? 'Receiver' : 'Sender')}${element('Code', error.code)}` +
    `${element('Message', error.message)}</Error>${element('RequestId', requestId)}</ErrorResponse>`
  );
}

/** SSM's form of an error, as in the JSON protocol. */
export function ssmErrorJson({ code, message }: ServiceError): string {
  return JSON.stringify({ __type: code, message });
}
