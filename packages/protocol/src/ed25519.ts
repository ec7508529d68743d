import { ed25519 } from "@noble/curves/ed25519.js";
import { ed25519Equation } from "#crypto";
import { equalBytes } from "./bytes.ts";

const { Point } = ed25519;
type CurvePoint = InstanceType<typeof Point>;

/**
 * The protocol's rule for Ed25519, the same with every provider: A and R canonical and not of small order, S < L, and
 * encode(S·B - k·A) = R with k reduced mod L (cofactorless, as in OpenSSL and Go). Never throws for bad bytes.
 */
export function verifyStrict(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (!isAcceptableEncoding(publicKey) || !isAcceptableEncoding(signature.subarray(0, 32)))
    return false;
  return ed25519Equation(publicKey, message, signature);
}

/** Whether 32 bytes are a public key that may sign: a canonical point of the curve, not of small order. */
export function isValidPublicKey(publicKey: Uint8Array): boolean {
  return (
    publicKey.length === 32 && isAcceptableEncoding(publicKey) && decodePoint(publicKey) !== null
  );
}

/** Whether `[L]A` is the identity: enrolment refuses keys with a torsion part. False for what is no point. */
export function isTorsionFree(publicKey: Uint8Array): boolean {
  return decodePoint(publicKey)?.isTorsionFree() ?? false;
}

// y-coordinates, little-endian, of the eight points of small order; x only flips the sign bit. Their other encodings
// have y >= p and fall to the canonical check. Cofactor 8: https://www.rfc-editor.org/rfc/rfc7748#section-4.1
const SMALL_ORDER_Y = smallOrderPoints().map(yCoordinate);

function isAcceptableEncoding(bytes: Uint8Array): boolean {
  const y = yCoordinate(bytes);
  return isBelowP(y) && !SMALL_ORDER_Y.some((small) => equalBytes(small, y));
}

function yCoordinate(bytes: Uint8Array): Uint8Array {
  const y = Uint8Array.from(bytes);
  y[31] = (y[31] as number) & 0x7f;
  return y;
}

/** p = 2^255-19 is ed ff … ff 7f in little-endian order. */
function isBelowP(y: Uint8Array): boolean {
  if (y[31] !== 0x7f || (y[0] as number) < 0xed) return true;
  return y.subarray(1, 31).some((byte) => byte !== 0xff);
}

function smallOrderPoints(): Uint8Array[] {
  const order8 = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
  const multiples: CurvePoint[] = [Point.ZERO];
  for (let i = 1; i < 8; i++) multiples.push((multiples[i - 1] as CurvePoint).add(order8));
  return multiples.map((point) => point.toBytes());
}

function decodePoint(bytes: Uint8Array): CurvePoint | null {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return null; // not on the curve: the library has no other way to say so
  }
}
