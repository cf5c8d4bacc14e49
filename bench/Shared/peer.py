"""What scripts that run a peer share: its module, and tensors as a safetensors file."""
import importlib.util
import json
import os
import struct
import sys

import numpy as np
import torch


def load(path):
    sys.path.insert(0, os.path.dirname(path))  # peers import each other
    spec = importlib.util.spec_from_file_location("peer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def save(path, tensors):
    kinds = {torch.float32: "F32", torch.int64: "I64", torch.bool: "BOOL"}
    header, parts, end = {}, [], 0
    for name, tensor in tensors.items():
        data = np.ascontiguousarray(tensor.numpy()).tobytes()
        header[name] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [end, end + len(data)]}
        parts.append(data)
        end += len(data)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))
