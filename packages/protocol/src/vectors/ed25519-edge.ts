import { ed25519Sign } from "#crypto";
import vectors from "../../../../vectors/ed25519-edge.json" with { type: "json" };
import { fromHex, toHex } from "../bytes.ts";
import { isTorsionFree, isValidPublicKey, verifyStrict } from "../ed25519.ts";
import { ed25519PublicKey, signObject, verifyObject } from "../signatures.ts";
import type { SignatureKind } from "../signatures.ts";

export function recomputeEd25519Edge() {
  return {
    verify: vectors.verify.map((given) => ({
      ...given,
      valid: verifyStrict(
        fromHex(given.public_key),
        fromHex(given.message),
        fromHex(given.signature),
      ),
    })),
    keys: vectors.keys.map((given) => ({
      ...given,
      valid: isValidPublicKey(fromHex(given.public_key)),
      torsion_free: isTorsionFree(fromHex(given.public_key)),
    })),
    sign: vectors.sign.map(({ seed, message }) => ({
      seed,
      public_key: toHex(ed25519PublicKey(fromHex(seed))),
      message,
      signature: toHex(ed25519Sign(fromHex(seed), fromHex(message))),
    })),
    objects: vectors.objects.map((given) => {
      const { network_id, object, seed } = given;
      const kind = given.kind as SignatureKind;
      const signature = signObject(kind, network_id, object, fromHex(seed));
      const key = toHex(ed25519PublicKey(fromHex(seed)));
      const isValid = verifyObject(kind, network_id, { ...object, signature }, signature, key);
      return { ...given, signature: isValid ? signature : null };
    }),
  };
}
