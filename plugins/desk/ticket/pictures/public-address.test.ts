import { expect, it } from 'vitest';
import { publicNet } from './picture-net.js';
import { isPublicAddress } from './public-address.js';

it.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.254',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '127.1',
  '2130706433',
  '0x7f000001',
])('%s is no address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
  expect(publicNet.allows(address, 443)).toBe(false);
});

it.each([
  '1.1.1.1',
  '9.255.255.255',
  '100.63.255.255',
  '172.32.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a02:6b8::2:242',
])('%s is one, on the ports of the web alone', (address) => {
  expect(isPublicAddress(address)).toBe(true);
  expect([80, 443].every((port) => publicNet.allows(address, port))).toBe(true);
  expect([22, 25, 5432, 6379, 8080, 0].some((port) => publicNet.allows(address, port))).toBe(false);
});
