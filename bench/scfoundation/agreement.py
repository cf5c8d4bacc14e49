"""Weights, one cell and the peer's results for it as safetensors. Usage: agreement.py PEER PRESET GENES OUT"""
import os
import sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Shared"))
from peer import load, save  # noqa: E402

path, preset, genes, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
peer = load(path)
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
