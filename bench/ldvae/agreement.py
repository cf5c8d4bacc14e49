"""Weights, counts, draws and the peer's loss and gradients as safetensors. Usage: agreement.py PEER LAYERS CELLS GENES OUT"""
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Shared"))
from peer import load, save  # noqa: E402


def published(name):
    """The peer's name of a parameter as scvi-tools has it."""
    if name == "px_r":
        return name
    head, tail = name.rsplit(".", 1)
    if head in ("factors", "norm"):
        return f"decoder.factor_regressor.fc_layers.Layer 0.{['factors', 'norm'].index(head)}.{tail}"
    encoder, part = head.split(".", 1)
    if part in ("mean", "var"):
        return f"{encoder}.{part}_encoder.{tail}"
    layer, what = divmod(int(part.split(".")[1]), 4)  # linear map, norm, ReLU, dropout
    return f"{encoder}.encoder.fc_layers.Layer {layer}.{what}.{tail}"


path, layers, cells, genes, out = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
peer = load(path)
torch.manual_seed(0)
counts = torch.from_numpy(np.random.default_rng(0).negative_binomial(0.3, 0.3, (cells, genes)).astype(np.float32))
log_total = counts.sum(1).log()
model = peer.Ldvae(genes, layers=layers, dropout=0.0, library_mean=log_total.mean().item(), library_var=log_total.var(unbiased=False).item())
state = {"state." + published(name): tensor.clone() for name, tensor in model.state_dict().items()}
prior = {"state.library_log_means": torch.tensor([[model.library_mean]]), "state.library_log_vars": torch.tensor([[model.library_var]])}
draws = {"noise_z": torch.randn(cells, 10), "noise_l": torch.randn(cells, 1), "weight": torch.tensor(0.3)}
loss = model.loss(counts, draws["weight"].item(), draws["noise_z"], draws["noise_l"])
loss.backward()
# a bias before a norm over the batch has no gradient but rounding
gradients = {"grad." + published(name): p.grad for name, p in model.named_parameters() if not (".body." in name and name.endswith(".bias") and int(name.split(".")[2]) % 4 == 0)}
save(out, {"counts": counts, "loss": loss.detach(), **draws, **state, **prior, **gradients})
