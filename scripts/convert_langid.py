#!/usr/bin/env python3
"""convert_langid.py MODEL.npz.xz OUT: the model of py3langid as the file that the engine maps.

Needs nothing but Python. The layout stands in actors/understanding/language/byte_automaton.hpp.
"""
import array
import ast
import io
import lzma
import os
import struct
import sys
import zipfile


def arrays(path):
    """name -> (dtype, shape, bytes) of each array of an .npz inside LZMA."""
    out = {}
    with zipfile.ZipFile(io.BytesIO(lzma.open(path).read())) as box:
        for name in box.namelist():
            data = box.read(name)
            if data[:6] != b"\x93NUMPY":
                raise ValueError(f"{name} is not an array")
            wide = data[6] >= 2
            size = struct.unpack("<I" if wide else "<H", data[8:12 if wide else 10])[0]
            start = 12 if wide else 10
            head = ast.literal_eval(data[start:start + size].decode("latin1"))
            if head["fortran_order"]:
                raise ValueError(f"{name} lies in columns")
            out[name.removesuffix(".npy")] = (head["descr"], head["shape"], data[start + size:])
    return out


def widened(dtype, data):
    """Little-endian unsigned integers as 32 bits each."""
    kinds = {"<u2": "H", "<u4": "I", "<i4": "i"}
    if dtype not in kinds:
        raise ValueError(f"integers of kind {dtype} are not known")
    values = array.array(kinds[dtype])
    values.frombytes(data)
    return values.tobytes() if values.itemsize == 4 else array.array("I", values).tobytes()


def convert(source, target):
    if sys.byteorder != "little":
        raise ValueError("made on little-endian machines only")
    a = arrays(source)
    dtype, shape, weights = a["ptc"]
    if dtype != "<f2":
        raise ValueError(f"weights of kind {dtype} are not known")
    features, classes = shape
    kind, _, raw = a["classes"]
    width = int(kind[2:]) * 4
    names = [raw[i:i + width].decode("utf-32-le").rstrip("\0") for i in range(0, len(raw), width)]
    text = "".join(n + "\n" for n in names).encode()
    text += b"\0" * (-len(text) % 4)
    following = widened(*a["nextmove"][::2])
    row_of = widened(*a["nextmove_row"][::2])
    output = widened(*a["out_feat"][::2])
    if len(names) != classes or len(row_of) != len(output) or a["pc"][0] != "<f4":
        raise ValueError("the arrays do not fit together")
    part = target + ".part"
    with open(part, "wb") as f:
        f.write(b"STEWDFA1" + struct.pack("<6I", classes, features, len(following) // 1024, len(row_of) // 4, len(text), 0))
        for block in (a["pc"][2], text, row_of, output, following, weights):
            f.write(block)
    os.replace(part, target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    try:
        convert(sys.argv[1], sys.argv[2])
    except (OSError, ValueError, KeyError, lzma.LZMAError, zipfile.BadZipFile) as e:
        sys.exit(f"convert_langid: {sys.argv[1]}: {e}")
