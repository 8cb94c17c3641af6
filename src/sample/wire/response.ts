import { ec2ErrorXml, type ServiceError, ssmErrorJson, stsErrorXml } from './errors.ts';
import type { RequestTarget } from './request.ts';
import type { SampleService } from './service.ts';
import { element } from './xml.ts';
import type { XmlBytes } from './xmlBytes.ts';

export interface SampleResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The answer to a successful request; `result` is the XML inside the operation's element, or SSM's JSON. */
export function resultResponse(
  { service, action, version }: RequestTarget,
  result: string | XmlBytes,
  requestId: string,
): SampleResponse {
  if (service === 'ssm' && typeof result === 'string') {
    return { status: 200, headers: jsonHeadersOf(requestId), body: result };
  }
  const [start, end] =
    service === 'sts'
      ? [
          `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>`,
          `</${action}Result><ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata></${action}Response>`,
        ]
      : [
          `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="http://ec2.amazonaws.com/doc/${version}/">` +
            element('requestId', requestId),
          `</${action}Response>`,
        ];
  const body = typeof result === 'string' ? start + result + end : result.enclose(start, end);
  return { status: 200, headers: headersOf(requestId), body };
}

/** An error in the service's form. */
export function errorResponse(service: SampleService, error: ServiceError, requestId: string): SampleResponse {
  if (service === 'ssm') {
    return { status: error.status, headers: jsonHeadersOf(requestId), body: ssmErrorJson(error) };
  }
  const xml = service === 'sts' ? stsErrorXml(error, requestId) : ec2ErrorXml(error, requestId);
  return { status: error.status, headers: headersOf(requestId), body: xml };
}

function headersOf(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId, server: 'AmazonEC2' };
}

function jsonHeadersOf(requestId: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
}
