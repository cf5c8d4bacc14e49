"""Weights, one cell and the peer's results for it as safetensors. Usage: agreement.py PEER PRESET GENES OUT"""
import importlib.util
import json
import struct
import sys

import numpy as np
import torch


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


path, preset, genes, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
spec = importlib.util.spec_from_file_location("peer", path)
peer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peer)
torch.manual_seed(0)
model = peer.ScFoundation(genes, *peer.PRESETS[preset]).eval()
cell = peer.simulate(1, genes, [2000])
masked = torch.rand_like(cell) < torch.where(cell > 0, 0.3, 0.03)
masked[:, genes:] = False  # T and S are never masked
with torch.no_grad():
    results = {
        "cell": cell,
        "masked": masked[0, :genes],
        "embedding": model.embed(cell),
        "expression": model.expression(cell),
        "masked_expression": model.expression(cell.masked_fill(masked, float(model.mask_id)), (cell > 0) & ~masked)[masked].unsqueeze(0),
    }
weights = {"state." + name: tensor for name, tensor in model.state_dict().items()}
weights["state.decoder.performer.calls_since_last_redraw"] = torch.tensor(0)  # the published files have this counter, the peer does not
save(out, {**results, **weights})
