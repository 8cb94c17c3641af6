import { expect, it } from 'vitest';
import { readerLoader } from '../../src/code/loadReaders.ts';
import { referencesOf } from '../../src/code/references.ts';
import { scanText } from '../../src/code/scanText.ts';
import { packReferences, unpackReferences } from '../../src/scan/packedReferences.ts';

const load = readerLoader();

const text = `provider "aws" {
  region = "eu-west-1"
}
data "aws_ami" "web" {
  most_recent = true
  filter {
    name   = "name"
    values = ["web-*"]
  }
}
resource "aws_instance" "web" {
  instance_type = "t4g.micro"
  ami           = "ami-0d7b3c91e5a2f8640"
}
resource "aws_instance" "db" {
  ami           = "ami-0d7b3c91e5a2f8640"
  instance_type = "m5.large"
}
`;

async function referencesIn(path: string, content: string) {
  return referencesOf(await scanText({ path, text: content }, load), []);
}

it('come out as they went in, lookups with all their places, too', async () => {
  const references = await referencesIn('main.tf', text);
  expect(references.map(({ kind }) => kind)).toEqual(['lookup', 'id', 'id']);
  expect(await unpackReferences(structuredClone(packReferences(references)))).toEqual(references);
});

it('are all of them, however many: what they share is there once', async () => {
  const one = (index: number) => `resource "aws_instance" "web_${index}" {\n  ami = "ami-0d7b3c91e5a2f8640"\n}\n`;
  const references = await referencesIn('main.tf', Array.from({ length: 3_000 }, (_, index) => one(index)).join(''));
  const packed = packReferences(references);
  expect([packed.values.length, packed.regions.length, packed.rests.length]).toEqual([1, 1, 1]);
  expect(await unpackReferences(packed)).toEqual(references);
  expect(references).toHaveLength(3_000);
});

it('share the region of each row of a table', async () => {
  const row = (index: number) => `| ami-0d7b3c91e5a2f8640 | ${['us-east-1', 'eu-west-1'][index % 2]} |\n`;
  const references = await referencesIn('a.md', Array.from({ length: 100 }, (_, index) => row(index)).join(''));
  const packed = packReferences(references);
  expect(packed.regions).toHaveLength(2);
  const unpacked = await unpackReferences(structuredClone(packed));
  expect(unpacked).toEqual(references);
  expect(unpacked[99]?.region.at?.span).toEqual({ start: 99 * row(0).length + 26, end: 99 * row(0).length + 35 });
});
