"""The two calls of the package `nkeys` that nats-py needs to sign in with a credentials file, on libsodium.

That package has no wheel; programs outside these tests use it: pip install nats-py[nkeys]."""
import base64
import ctypes
import ctypes.util

_sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
_sodium.sodium_init()


class KeyPair:
    def __init__(self, seed):
        text = bytes(seed).strip()
        raw = base64.b32decode(text + b"=" * (-len(text) % 8))
        assert len(raw) == 36 and raw[0] & 0xF8 == 18 << 3, "no seed"
        public, self._secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
        _sodium.crypto_sign_seed_keypair(public, self._secret, raw[2:34])

    def sign(self, text):
        out = ctypes.create_string_buffer(64)
        _sodium.crypto_sign_detached(out, None, text, ctypes.c_ulonglong(len(text)), self._secret)
        return out.raw

    def wipe(self):
        pass


def from_seed(seed):
    return KeyPair(seed)
