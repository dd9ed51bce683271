#!/usr/bin/env python3
"""Checks the published test vectors with libraries that are not ours.

Reads docs/vectors/*.json, decodes the digits, verifies every COSE_Sign1 message with pycose
and again by hand with `cryptography`, reads the CBOR with cbor2 and compares every field.
Prints what differs and ends with status 1 if anything does.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python verify_paper_qr.py [FOLDER WITH THE VECTORS]
"""

import base64
import hashlib
import json
import pathlib
import sys
import zlib

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pycose.headers import KID, Algorithm
from pycose.keys import OKPKey
from pycose.keys.curves import Ed25519
from pycose.messages import Sign1Message

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "vectors"
OURS = -65537
WIDTHS = {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
FIGURES = {
    1: "area", 2: "floors", 3: "height", 4: "length", 5: "amount",
    6: "units", 7: "basements", 8: "built_area", 9: "persons",
}
TYPES = {
    1: "licence", 2: "building_permit", 3: "certificate", 4: "approval",
    5: "receipt", 6: "letter", 7: "notice",
}
checks = 0
failures = []


def check(name, seen, expected):
    global checks
    checks += 1
    if seen != expected:
        failures.append(f"{name}: {seen!r} instead of {expected!r}")


def from_digits(digits):
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("not digits")
    out = b""
    for start in range(0, len(digits), 17):
        group = digits[start:start + 17]
        if len(group) not in WIDTHS:
            raise ValueError("no whole number of bytes")
        out += int(group).to_bytes(WIDTHS[len(group)], "big")  # OverflowError out of range
    return out


def kid_of(public):
    return hashlib.sha256(public).digest()[:4]


def parts(message):
    """The four parts of a COSE_Sign1 message whose form is exactly ours, or None."""
    try:
        tagged = cbor2.loads(message)
        protected, unprotected, payload, signature = tagged.value
        exact = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]), canonical=True)
        if tagged.tag != 18 or unprotected or len(signature) != 64 or exact != message:
            return None
        return protected, payload, signature
    except Exception:  # whatever damaged bytes make a decoder say
        return None


def signed_by(message, public):
    """Verified twice: by pycose, and by hand over the Sig_structure of RFC 9052, 4.4."""
    protected, payload, signature = parts(message)
    decoded = Sign1Message.decode(message)
    decoded.key = OKPKey(crv=Ed25519, x=public)
    by_library = decoded.verify_signature()
    structure = cbor2.dumps(["Signature1", protected, b"", payload])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, structure)
        by_hand = True
    except InvalidSignature:
        by_hand = False
    check("both verifiers agree", by_library, by_hand)
    return by_hand


def check_paper(paper, keys):
    name = paper["name"]
    message = bytes.fromhex(paper["cose"])
    public = bytes.fromhex(paper["public"])
    check(f"{name}: length", len(message) <= 300, True)
    check(f"{name}: digits", from_digits(paper["digits"]), message)
    address, _, fragment = paper["link"].partition("#")
    check(f"{name}: address", address, f"{paper['public_url'].upper()}/V/{paper['token']}")
    check(f"{name}: token", len(base64.b32decode(paper["token"])), 10)
    check(f"{name}: fragment", fragment, "1" + paper["digits"])
    check(f"{name}: public key", Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex(paper["seed"])).public_key().public_bytes_raw(), public)
    check(f"{name}: key id", paper["kid"], kid_of(public).hex())
    decoded = Sign1Message.decode(message)
    check(f"{name}: kid header", decoded.phdr[KID], kid_of(public))
    check(f"{name}: algorithm", decoded.phdr[Algorithm].identifier, -8)
    check(f"{name}: two protected headers", len(decoded.phdr), 2)
    check(f"{name}: signature", signed_by(message, public), True)
    check(f"{name}: payload", decoded.payload.hex(), paper["payload"])

    claims = cbor2.loads(decoded.payload)
    check(f"{name}: deterministic", cbor2.dumps(claims, canonical=True), decoded.payload)
    ours = claims[OURS]
    expected = paper["signed_claims"]
    seen = {
        "issuer": claims[1], "expires": claims.get(4), "issued": claims[6],
        "kind": TYPES[ours[1]], "number": ours[2], "unit": ours[3],
        "holder": ours.get(4, ""), "nid_last4": ours.get(5), "place": ours.get(6, ""),
        "figures": [{"kind": FIGURES[kind], "value": value} for kind, value in ours.get(7, {}).items()],
        "status": ours.get(8), "service": ours[9], "request": ours.get(10), "slip": ours.get(11),
    }
    for field in expected.keys() | seen.keys():
        check(f"{name}: {field}", seen.get(field), expected.get(field))
    check(f"{name}: type", ours[1], paper["type"])
    check(f"{name}: verdict", verdict(message, keys, claims[6]), "valid")


def verdict(message, keys, now):
    found = parts(message)
    if found is None or len(message) > 300:
        return "malformed"
    header = cbor2.loads(found[0])
    if header.keys() != {1, 4} or header[1] != -8 or len(header[4]) != 4:
        return "malformed"
    known = [key for key in keys if kid_of(bytes.fromhex(key["public"])) == header[4]]
    if not known:
        return "unknown_key"
    signers = [key for key in known if signed_by(message, bytes.fromhex(key["public"]))]
    if not signers:
        return "bad_signature"
    claims = cbor2.loads(found[1])
    key = signers[0]
    in_time = key["from"] <= claims[6] and (key["to"] is None or claims[6] < key["to"])
    if key["governorate"] != claims[1] or not in_time:
        return "wrong_issuer"
    if claims[6] > now:
        return "not_yet"
    if claims.get(4) is not None and claims[4] <= now:
        return "expired"
    return "valid"


def check_lists(lists):
    expected = lists["key_list"]
    message = bytes.fromhex(expected["cose"])
    check("key list: signature", signed_by(message, bytes.fromhex(lists["root_public"])), True)
    header = cbor2.loads(parts(message)[0])
    check("key list: typ", header[16], "shubbak-keys")
    claims = cbor2.loads(parts(message)[1])
    check("key list: times", (claims[6], claims[4]), (expected["issued"], expected["expires"]))
    keys = [
        {"public": key[1].hex(), "kid": kid_of(key[1]).hex(), "governorate": key[2],
         "from": key[3], "to": key.get(4)}
        for key in claims[OURS]
    ]
    check("key list: keys", keys, expected["keys"])

    expected = lists["status_list"]
    message = bytes.fromhex(expected["cose"])
    check("status list: signature", signed_by(message, bytes.fromhex(keys[0]["public"])), True)
    header = cbor2.loads(parts(message)[0])
    check("status list: typ", header[16], "application/statuslist+cwt")
    claims = cbor2.loads(parts(message)[1])
    check("status list: issuer", claims[1], expected["issuer"])
    check("status list: subject", claims[2], expected["uri"])
    check("status list: times", (claims[6], claims[4]), (expected["issued"], expected["expires"]))
    check("status list: bits", claims[65533]["bits"], 2)
    bits = zlib.decompress(claims[65533]["lst"])
    check("status list: size", len(bits) * 4, expected["entries"])
    for state in expected["states"]:
        index = state["index"]
        check(f"status {index}", bits[index // 4] >> index % 4 * 2 & 3, state["status"])
    return keys


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    read = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))
    papers, lists, slips = read("paper-qr.json"), read("lists.json"), read("request-slip-qr.json")
    keys = check_lists(lists)
    for paper in papers["papers"]:
        check_paper({"public_url": papers["public_url"], **paper}, keys)
    for case in papers["verify"]:
        check(case["name"], verdict(bytes.fromhex(case["cose"]), keys, case["now"]), case["verdict"])
    for pair in papers["digits"]:
        check("digits", from_digits(pair["digits"]).hex(), pair["bytes"])
    for refused in papers["digits_refused"]:
        try:
            check(f"digits {refused}", from_digits(refused), None)
        except (ValueError, OverflowError):
            check(f"digits {refused}", None, None)
    for slip in slips["slips"]:
        token = base64.b32encode(bytes.fromhex(slip["token_bytes"])).decode()
        check("slip token", slip["token"], token)
        check("slip link", slip["link"].endswith(f"/T/{token}"), True)
        check("slip origin", slip["link"].upper(), f"{slip['public_url'].rstrip('/')}/T/{token}".upper())
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{checks} checks, {len(failures)} failures")
    return 1 if failures or checks < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
